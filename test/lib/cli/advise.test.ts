import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recommendation } from '../../../lib/advisor/recommendation';
import { main } from '../../../lib/cli/main';
import { Captured } from '../../e2e/captured-streams';

const folder = mkdtempSync(join(tmpdir(), 'advise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function advise(...args: string[]) {
  const [out, err] = [new Captured(), new Captured()];
  const exit = await main(['advise', ...args], { out, err });
  return { exit, out: out.text, err: err.text };
}

const chat = file(
  'chat.yaml',
  `name: <chat>
duration: { typical: 8 s, worst: 45 s }
memory: 1 GB
traffic: { requestsPerMonth: 60000, peakPerSecond: 25, shape: spiky }
latency: { p99: 60 s, coldBudget: 2 s }
eventSource: http
`,
);

test('a profile in YAML gets its answer as text: verdict, targets, reasons, what would change it, and code', async () => {
  const { exit, out } = await advise(chat);
  expect(exit).toBe(0);
  expect(out).toMatch(/^serverless {2}\S/);
  for (const part of [
    'where',
    'lambda-zip',
    'fargate',
    '\nwhy\n',
    '\nwhat would change it\n',
    '\nbreak-even\n',
    '\nbegin with\n',
    "from 'cdk-serverless-ai'",
  ])
    expect(out).toContain(part);
});

test('--json prints the recommendation alone', async () => {
  const { exit, out } = await advise(chat, '--json');
  expect(exit).toBe(0);
  const advice = JSON.parse(out) as Recommendation;
  expect(advice.verdict).toBe('serverless');
  expect(advice.targets[0]).toMatchObject({ fits: true, comparisonOnly: false, estimate: { monthly: expect.any(Number) } });
});

describe('--html', () => {
  const report = join(folder, 'report.html');
  let page: string;

  beforeAll(async () => {
    const { exit, err } = await advise(chat, '--html', report);
    expect({ exit, err }).toEqual({ exit: 0, err: `report written to ${report}\n` });
    page = readFileSync(report, 'utf8');
  });

  test('is one page that asks the network for nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)\b/);
    expect(page).not.toMatch(/\b(src|xlink:href)=|url\((?!#)|@import/);
  });

  test('has the charts as they were drawn', () => {
    expect(page.match(/<svg /g)).toHaveLength(2);
    for (const text of ['requests a month', 'USD a month', 'now', 'warm', 'cold, zip', 'p99 60 s']) expect(page).toContain(text);
  });

  test('has the verdict, limits, costs, assumptions, and sources with their dates', () => {
    for (const title of ['Targets', 'Why', 'What would change it', 'Break-even', 'What was stated', 'Sources'])
      expect(page).toContain(`<h2>${title}</h2>`);
    expect(page).toContain('<p class="verdict serverless">');
    expect(page).toMatch(/<li><a href="https:[^"]+">https:[^<]+<\/a> \d{4}-\d\d-\d\d<\/li>/);
    expect(page).not.toMatch(/<li><a href="[^"]*">[^<]*<\/a> <\/li>/);
  });

  test('what the profile says cannot become markup', () => {
    expect(page).toContain('Where &lt;chat&gt; belongs');
    expect(page).not.toContain('<chat>');
  });
});

test('a profile with few facts is answered too, and says what is missing', async () => {
  const { exit, out } = await advise(file('little.json', '{"gpu": false}'));
  expect(exit).toBe(0);
  expect(out).toContain('\nnot known, and it could change the verdict\n');
});

test.each([
  ['a file that is not there', () => ['nowhere.yaml'], /^error Profile: profile nowhere\.yaml is not a file\n$/],
  [
    'an unknown field',
    () => [file('a.json', '{"memroy": "1 GB"}')],
    /^error Profile: .*a\.json: memroy is no field of a profile; did you mean memory\n$/,
  ],
  ['a wrong unit', () => [file('b.json', '{"memory": "90 parsecs"}')], /^error Profile: .*b\.json: memory .*"90 parsecs".*\n$/],
  [
    'a negative number',
    () => [file('c.json', '{"traffic": {"requestsPerMonth": -1}}')],
    /requestsPerMonth must not be negative, got -1\n$/,
  ],
  ['two profiles', () => [chat, chat], /^error Arguments: advise takes one profile, got 2: /],
  [
    'a report that cannot be written',
    () => [chat, '--html', join(folder, 'no', 'report.html')],
    /^error Report: --html .*report\.html cannot be written: ENOENT/,
  ],
  ['no profile and no terminal', () => [], /^error NoProfile: there is no profile, and no terminal to ask in; name a JSON or YAML file: /],
])('%s is one clear line', async (_name, args, message) => {
  const { exit, err } = await advise(...args());
  expect(exit).toBe(1);
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test('with --json a problem is JSON with the place of each', async () => {
  const { exit, out } = await advise(file('d.json', '{"memory": "x", "gpu": 1}'), '--json');
  expect(exit).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'Profile', problems: [{ path: 'memory' }, { path: 'gpu' }] } });
});
