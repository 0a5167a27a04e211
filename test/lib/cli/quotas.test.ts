import { stripVTControlCharacters } from 'node:util';
import { CommandError } from '../../../lib/cli/command-error';
import { quotaReport } from '../../../lib/cli/quota-report';
import { QUOTAS, type QuotasResult } from '../../../lib/cli/quotas';
import type { Quota } from '../../../lib/quotas/quota';
import { QUOTA_TABLE } from '../../../lib/quotas/quota-table';
import { Captured } from '../../e2e/captured-streams';

async function run(...args: string[]): Promise<{ result: QuotasResult; printed: string; said: string }> {
  const [out, err] = [new Captured(), new Captured()];
  const result = (await QUOTAS.run(args, { json: args.includes('--json'), out, err })) as QuotasResult;
  return { result, printed: stripVTControlCharacters(out.text), said: err.text };
}

async function refused(...args: string[]): Promise<CommandError> {
  const error = await run(...args).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error(`expected a CommandError, got ${String(error)}`);
  return error;
}

test('without a service it shows all of them', async () => {
  const { result, printed, said } = await run();
  expect(result.quotas.map(({ id }) => id)).toEqual(QUOTA_TABLE.map(({ id }) => id));
  const lines = printed.split('\n');
  for (const { id, platform } of QUOTA_TABLE) {
    expect(lines.some((text) => text.startsWith(`${id} `))).toBe(true);
    expect(lines.filter((text) => text === platform)).toHaveLength(1);
  }
  expect(said).toBe('');
});

test('with a service it shows its own', async () => {
  const { result, printed } = await run('--service', 'SQS');
  expect(new Set(result.quotas.map(({ platform }) => platform))).toEqual(new Set(['Amazon SQS']));
  expect(printed).toMatch(/^sqs\.visibility +visibility timeout +0 +43,200 +30 +s +hard +\d{4}-\d\d-\d\d/m);
  expect(printed).not.toContain('lambda.timeout');
});

test('--json prints nothing itself and returns each with the date until which it holds', async () => {
  const { result, printed } = await run('--service', 'lambda.timeout', '--json');
  expect(printed).toBe('');
  expect(JSON.parse(JSON.stringify(result))).toEqual({
    quotas: [
      {
        id: 'lambda.timeout',
        platform: 'AWS Lambda',
        quantity: 'function timeout',
        min: 1,
        max: 900,
        default: 3,
        unit: 's',
        kind: 'hard',
        source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
        checkedOn: '2026-11-24',
        staleAfter: '2027-05-23',
        confidence: 'confirmed',
        note: 'on default compute; Managed Instances allow more',
      },
    ],
  });
});

test('an unknown service names the near one and allows the known ones', async () => {
  const error = await refused('--service', 'lamda');
  expect(error.code).toBe('Service');
  expect(error.message).toBe('--service "lamda" is neither a platform nor what an id begins with; did you mean lambda');
  expect(error.allowed).toEqual(expect.arrayContaining(['AWS Lambda', 'Google Cloud Run', 'lambda', 'sfn']));
});

test('a service that is near nothing gets the list', async () => {
  const { message } = await refused('--service', 'mainframe');
  expect(message).toMatch(/^--service "mainframe" is neither a platform nor what an id begins with; there are AWS Lambda, /);
  expect(message).not.toContain('\n');
});

test.each([['--service'], ['sqs'], ['--servce', 'sqs']])('fails when called with %j %j', async (...args) => {
  await expect(run(...args.filter((arg) => arg !== undefined))).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_PARSE_ARGS/) as string,
  });
});

const ENTRY: Quota = {
  id: 'x.size',
  platform: 'X',
  quantity: 'size',
  max: 4.5,
  values: ['a', 'b'],
  unit: 'MB',
  kind: 'hard',
  source: 'https://example.com/',
  checkedOn: '2026-01-01',
  confidence: 'confirmed',
};

const reported = (quota: Quota, today: string) =>
  stripVTControlCharacters(quotaReport([quota], today))
    .split('\n')
    .at(-1);

test('values stand behind what they are of; an entry that is overdue, or that nobody confirmed, says so', () => {
  expect(reported(ENTRY, '2026-06-30')).toBe('x.size  size: a, b          4.5           MB    hard  2026-06-30');
  expect(reported(ENTRY, '2026-07-01')).toMatch(/ {2}2026-06-30, overdue$/);
  expect(reported({ ...ENTRY, confidence: 'from memory' }, '2026-06-30')).toMatch(/2026-06-30 \(from memory\)$/);
  expect(reported({ ...ENTRY, max: undefined, unit: '-' }, '2026-06-30')).toMatch(/^x\.size {2}size: a, b +hard +2026-06-30$/);
});
