import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import type { ResearchResult } from '../../lib/cli/research';
import { LocalRunner } from '../../lib/local/local-runner';
import { SkipClock } from '../../lib/local/skip-clock';
import { Captured } from './captured-streams';
import { InventedTown } from './invented-town';
import { type ReferenceAssembly, referenceAssembly } from './reference-assembly';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '..', '..');
const NOT_ANSWERED = 'The documents do not answer this.';

let directory: string;
let reference: ReferenceAssembly;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'research-'));
  reference = referenceAssembly();
});

afterAll(() => {
  reference.remove();
  rmSync(directory, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Ran> {
  const [out, err] = [new Captured(), new Captured()];
  const code = await main(['research', '--assembly', reference.directory, ...args], { out, err });
  return { code, out: out.text, err: err.text };
}

async function ask(...args: string[]): Promise<ResearchResult> {
  const { code, out, err } = await run('--json', ...args);
  expect([code, err]).toEqual([0, '']);
  // Exactly one JSON value and nothing else.
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out) as ResearchResult;
}

/** Statements of a report with the file that each names; the heading and the list of sources are none. */
function statementsOf(report: string): { text: string; file: string }[] {
  const body = report.split('\n## Sources')[0]?.split('\n').slice(1).join('\n') ?? '';
  const statements = body.split('\n').filter((text) => text.trim() !== '');
  return statements.map((statement) => {
    const [, text = '', file = ''] = /^(.*\S)\s*\[([^\]]+)\]$/.exec(statement) ?? [];
    return { text, file };
  });
}

/** Empty cells of a table are left out where a row of it is quoted. */
const flat = (text: string) => text.replace(/\|(\s*\|)+/g, '|').replace(/\s+/g, ' ');

function expectQuoted(report: string, documents: string): void {
  const statements = statementsOf(report);
  expect(statements.length).toBeGreaterThan(0);
  for (const { text, file } of statements) expect(flat(readFileSync(join(documents, file), 'utf8'))).toContain(flat(text));
}

test('npm start prints the steps, the suspension, the table and a report that quotes the documents', async () => {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.cjs')], { cwd: ROOT, env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect([code, err]).toEqual([0, '']);

  const lines = out.split('\n');
  const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  const order = [
    /^▸ Plan sources$/,
    /^▸ Search sources \d+ items$/,
    /^ {2}✓ Search source 1 of \d+ \d+\.\d+ s$/,
    /^▸ Approve$/,
    /^⏸ suspended: approver@example\.com must decide/,
    /^▶ still suspended after \d\.\d+ s; approving/,
    /^✓ Deliver/,
    /^step +attempts +duration +output$/,
    /^Search source × \d+ +\d+ +\d+\.\d+ s +\d/,
    /^# How long may a Lambda function run/,
    /^the local model answers/,
  ].map(at);
  expect(order).toEqual([...order].sort((left, right) => left - right));
  expect(order).not.toContain(-1);
  // States that only serve a step are no steps.
  expect(out).not.toMatch(/sources item|Approve decision|failed/);

  const report = lines.slice(at(/^# How long/), at(/^the local model answers/)).join('\n');
  expect(report).toContain('900 seconds');
  expectQuoted(report, join(ROOT, 'docs'));
});

test('of thirty invented facts in as many files the report holds the one that was asked for, and its file', async () => {
  const town = new InventedTown(Date.now());
  const documents = join(directory, 'town');
  town.writeTo(documents);
  expect(town.facts).toHaveLength(30);
  for (const asked of [town.facts[7], town.facts[15]]) {
    const { status, report = '', files } = await ask('--documents', documents, '--input', asked?.question ?? '');
    expect(status).toBe('SUCCEEDED');
    expect(files).toEqual([asked?.file]);
    expect(statementsOf(report)).toEqual([{ text: asked?.sentence, file: asked?.file }]);
    const others = town.facts.filter((fact) => fact !== asked);
    expect(others.filter(({ sentence, file }) => report.includes(sentence) || report.includes(file))).toEqual([]);
  }
});

test('what the documents do not answer is said so and nothing else', async () => {
  const town = new InventedTown(7);
  const documents = join(directory, 'elsewhere');
  town.writeTo(documents);
  const { report, files, approval } = await ask('--documents', documents, '--input', town.unanswerable);
  expect(report).toBe(`# ${town.unanswerable}\n\n${NOT_ANSWERED}\n`);
  expect(files).toEqual([]);
  expect(approval).toMatchObject({ approved: true, by: 'approver@example.com' });
});

describe('with a model server', () => {
  let server: Server;
  const requests: { path?: string; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        if (request.method === 'GET') return response.writeHead(404).end();
        requests.push({ path: request.url, body });
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const piece = (choice: object) => response.write(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);
        piece({ delta: { content: 'The bakery was ' } });
        piece({ delta: { content: 'old. [notes.md]' } });
        piece({ delta: {}, finish_reason: 'stop' });
        return response.end('data: [DONE]\n\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('its answer is the report, and it was given the passages and the question', async () => {
    const documents = join(directory, 'notes');
    mkdirSync(documents);
    writeFileSync(join(documents, 'notes.md'), 'The bakery of Tolm was founded in 1911 by Irma Kess.');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const { report, files } = await ask('--documents', documents, '--input', 'Who founded the bakery?', '--model-url', url);
    expect(report).toContain('The bakery was old. [notes.md]');
    expect(files).toEqual(['notes.md']);
    expect(requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
    expect(requests[0]?.body).toContain('founded in 1911 by Irma Kess');
    expect(requests[0]?.body).toContain('Who founded the bakery?');
  });
});

describe('bad input is one line with a code, and exit code 1', () => {
  const empty = () => {
    const path = join(directory, 'empty');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'picture.png'), '');
    return path;
  };

  test.each<[string, () => string[], RegExp]>([
    [
      'a folder that is not there',
      () => ['--documents', '/nowhere'],
      /^error NoDocuments: documents \/nowhere do not exist; name a folder of \.md or \.txt files$/,
    ],
    [
      'a folder without text',
      () => ['--documents', empty()],
      /^error NoDocuments: .*empty holds no text, expected files that end in \.md, /,
    ],
    [
      'an empty question',
      () => ['--input', '  '],
      /^error EmptyQuestion: the question must not be empty; give one with --input "your question"$/,
    ],
    [
      'a question of many pages',
      () => ['--input', 'x'.repeat(2_001)],
      /^error QuestionTooLong: the question must be at most 2000 characters, got 2001; /,
    ],
    ['an unknown option', () => ['--colour', 'red'], /^error Option: Unknown option '--colour'; see serverless-ai research --help$/],
    [
      'an option without its value',
      () => ['--input'],
      /^error Option: Option '--input <value>' argument missing; see serverless-ai research --help$/,
    ],
    [
      'an argument that is no option',
      () => ['question'],
      /^error Option: Unexpected argument 'question'; see serverless-ai research --help$/,
    ],
    [
      'an assembly that is not there',
      () => ['--assembly', '/nowhere'],
      /^error Assembly: \/nowhere is not a directory; run "cdk synth" first; /,
    ],
    ['a folder that is no assembly', () => ['--assembly', empty()], /^error Assembly: .*manifest\.json is missing/],
    [
      'a model URL that is none',
      () => ['--model-url', 'localhost'],
      /^error ModelUrl: --model-url must be an http or https URL, got "localhost"$/,
    ],
    [
      'a model server that is not there',
      () => ['--model-url', 'http://127.0.0.1:9'],
      /^error ModelUnreachable: no server answers at http:\/\/127\.0\.0\.1:9: /,
    ],
  ])('%s', async (_what, args, message) => {
    const { code, out, err } = await run(...args());
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err.trim()).toMatch(message);
    expect(out).not.toContain('    at ');
  });

  test('with --json it is one JSON value on standard output', async () => {
    const { code, out, err } = await run('--json', '--input', '');
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out)).toEqual({
      error: { code: 'EmptyQuestion', message: 'the question must not be empty', fix: 'give one with --input "your question"' },
    });
  });

  test('an unknown command names those that there are', async () => {
    const [out, err] = [new Captured(), new Captured()];
    expect(await main(['reserch'], { out, err })).toBe(1);
    expect(err.text).toBe(
      'error UnknownCommand: unknown command "reserch", it is one of run, local, asl, audit, advise, estimate, warm, quotas, research\n',
    );
  });

  test.each([[[]], [['--help']], [['research', '-h']]])('%j prints the usage', async (args) => {
    const [out, err] = [new Captured(), new Captured()];
    expect([await main(args, { out, err }), err.text]).toEqual([0, '']);
    expect(out.text).toMatch(/^usage: serverless-ai (<command>|research)/);
  });
});

test('with time that is skipped a report that nobody approves within three days is not delivered', async () => {
  const local = await LocalRunner.fromAssembly(reference.directory, { clock: new SkipClock() });
  try {
    const run = await local.workflow('Research').start({ question: 'Who founded the bakery?' });
    expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Approval.Expired' });
    expect(await local.bucket('Documents').list('reports/')).toEqual([]);
  } finally {
    await local.stop();
  }
});
