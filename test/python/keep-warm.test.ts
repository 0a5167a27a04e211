import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MAX_HOLD_MS } from '../../lambda/contract/warming';

const PACKAGE = join(__dirname, '..', '..', 'python');

function python(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync('python3', args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(stderr);
  return `${stdout}${stderr}`;
}

test('the Python module passes its own tests', () => {
  expect(python(['-m', 'unittest', 'discover', '-s', __dirname])).toMatch(/^Ran \d{2} tests in .*\n\nOK\n$/m);
});

const EVENTS: readonly unknown[] = [
  { keepWarm: { id: 'a', holdUntil: 0 } },
  { keepWarm: { id: 'b', holdUntil: 0 } },
  { keepWarm: { id: 'c', holdUntil: null } },
  { keepWarm: { id: 'd' } },
  { keepWarm: { id: 'e', holdUntil: -1e300 } },
  { keepWarm: { id: '' } },
  { keepWarm: { id: 'f', holdUntil: {}, more: true }, body: 'x' },
  { keepWarm: { id: 1, holdUntil: 0 } },
  { keepWarm: [] },
  { keepWarm: 'g' },
  { keepWarm: null },
  { body: '{"keepWarm":{"id":"h","holdUntil":0}}' },
  [],
  'text',
  null,
  0,
];

const PYTHON_ANSWERS = `
import json, sys
from serverless_ai.keep_warm import keep_warm, MAX_HOLD_SECONDS

handler = keep_warm(lambda event, context: {"handled": event})
print(json.dumps({"answers": [handler(event, None) for event in json.load(sys.stdin)], "bound": MAX_HOLD_SECONDS}))
`;

test('Node.js and Python give the same answers to the same events, and hold no longer than each other', async () => {
  const { answers, bound } = JSON.parse(python(['-c', PYTHON_ANSWERS], JSON.stringify(EVENTS))) as { answers: unknown[]; bound: number };
  jest.resetModules();
  const { keepWarm } = require('../../lambda/runtime/keep-warm') as typeof import('../../lambda/runtime/keep-warm');
  const handler = keepWarm((event: unknown) => ({ handled: event }));
  const ours = [];
  for (const event of EVENTS) ours.push(JSON.parse(JSON.stringify(await handler(event))) as unknown);
  expect(answers.map(anonymous)).toEqual(ours.map(anonymous));
  expect(new Set([...answers, ...ours].flatMap((answer) => idOf(answer) ?? [])).size).toBe(2);
  expect(bound * 1_000).toBe(MAX_HOLD_MS);
});

const idOf = (answer: unknown) => (answer as { environmentId?: string }).environmentId;

/** Fields and their order as they are sent, but for the id, of which only the form can be equal. */
function anonymous(answer: unknown): string {
  return JSON.stringify(answer).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'uuid');
}
