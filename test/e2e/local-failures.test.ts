import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { main } from '../../lib/cli/main';
import { LocalRunner } from '../../lib/local/local-runner';
import { until } from '../lib/local/lambda/local-functions';
import { inlineFunction, runSmall, smallApp, stopAll } from '../lib/local/small-app';
import { Captured } from './captured-streams';
import { childProcesses } from './child-processes';

jest.setTimeout(120_000);

let before: number[] = [];
let scratch: string;

beforeEach(() => {
  before = childProcesses();
  scratch = mkdtempSync(join(tmpdir(), 'failures-'));
});

afterEach(async () => {
  await stopAll();
  rmSync(scratch, { recursive: true, force: true });
  // A process that was told to end may take a moment to be gone.
  await until(() => childProcesses().every((pid) => before.includes(pid)));
});

function machine(stack: Stack, id: string, definition: sfn.IChainable): void {
  new sfn.StateMachine(stack, id, { definitionBody: sfn.DefinitionBody.fromChainable(definition) });
}

test('the count sees a child', async () => {
  const local = await runSmall((stack) => void inlineFunction(stack, 'Fine', 'return 1;'));
  await local.function('Fine').invoke({});
  expect(childProcesses().length).toBeGreaterThan(before.length);
});

describe('an assembly that is', () => {
  test('no JSON is refused by its file', async () => {
    writeFileSync(join(scratch, 'manifest.json'), '{ "version": ');
    await expect(LocalRunner.fromAssembly(scratch)).rejects.toThrow(/manifest\.json/);
  });

  test('not there is refused by its directory', async () => {
    await expect(LocalRunner.fromAssembly(join(scratch, 'nowhere'))).rejects.toThrow(/nowhere/);
  });

  test('without a template is refused by the file that is missing', async () => {
    const { directory } = smallApp((stack) => void inlineFunction(stack, 'Fine', 'return 1;')).synth();
    rmSync(join(directory, 'Small.template.json'));
    await expect(LocalRunner.fromAssembly(directory)).rejects.toThrow(/Small\.template\.json/);
  });
});

test('a missing asset is said by its path, and its function is named when it is asked for', async () => {
  const code = join(scratch, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), 'exports.handler = async () => 1;');
  const app = smallApp((stack) => {
    new lambda.Function(stack, 'Gone', {
      code: lambda.Code.fromAsset(code),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
    });
    inlineFunction(stack, 'Fine', 'return 1;');
  });
  const { directory } = app.synth();
  const staged = readdirSync(directory).find((name) => name.startsWith('asset.'));
  rmSync(join(directory, staged!), { recursive: true });
  const notices: string[] = [];
  const local = await LocalRunner.fromAssembly(directory, { onNotice: (notice) => notices.push(notice) });
  try {
    expect(notices).toContainEqual(
      `Small/Gone/Resource cannot run here: Small/Gone/Resource: its code ${join(directory, staged!)} is missing; synthesize again`,
    );
    expect(() => local.function('Gone')).toThrow(/^Small\/Gone\/Resource cannot run here: .*its code .* is missing; synthesize again$/);
    expect(await local.function('Fine').invoke({})).toBe(1);
  } finally {
    await local.stop();
  }
});

test('a port in use is said by its number, with what to do', async () => {
  const { directory } = smallApp((stack) => void inlineFunction(stack, 'Fine', 'return 1;')).synth();
  const taken: Server = createServer().listen(0, '127.0.0.1');
  await until(() => taken.listening);
  const { port } = taken.address() as AddressInfo;
  const [out, err] = [new Captured(), new Captured()];
  expect(await main(['local', directory, '--port', String(port)], { out, err })).toBe(1);
  taken.close();
  expect(err.text).toContain(`port ${port} of 127.0.0.1 is in use`);
  expect(err.text).not.toContain('    at ');
});

test('a state of an unknown type is refused by its path before anything runs', async () => {
  const local = await runSmall((stack) => {
    const first = new sfn.Pass(stack, 'First');
    machine(stack, 'Odd', first.next(new sfn.CustomState(stack, 'Guess', { stateJson: { Type: 'Teleport', End: true } })));
  });
  await expect(local.workflow('Odd').start({})).rejects.toThrow(/Guess.*Teleport|Teleport.*Guess/s);
});

describe('a function that', () => {
  test('throws on import fails by its own error, and leaves no environment', async () => {
    const local = await runSmall((stack) => {
      new lambda.Function(stack, 'Broken', {
        code: lambda.Code.fromInline(`throw new RangeError('no table name');`),
        handler: 'index.handler',
        runtime: lambda.Runtime.NODEJS_24_X,
      });
    });
    await expect(local.function('Broken').invoke({})).rejects.toMatchObject({ name: 'RangeError', message: 'no table name' });
    expect(local.function('Broken').environments).toEqual([]);
    const said = local.function('Broken').logs.map(({ text }) => text);
    // Init is tried once by itself and once under the timeout of the call.
    expect(said.filter((text) => /^INIT_REPORT .*\tPhase: init\tStatus: error\tError Type: RangeError$/.test(text))).toHaveLength(1);
  });

  test('never returns is killed at its timeout', async () => {
    const local = await runSmall((stack) => {
      inlineFunction(stack, 'Endless', 'await new Promise(() => setInterval(() => {}, 1000));', { timeout: Duration.seconds(1) });
      inlineFunction(stack, 'Spinning', 'for (;;);', { timeout: Duration.seconds(1) });
    });
    for (const name of ['Endless', 'Spinning']) {
      await expect(local.function(name).invoke({})).rejects.toMatchObject({
        name: 'Sandbox.Timedout',
        message: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
      });
      expect(local.function(name).environments).toEqual([]);
    }
  });

  test('answers more than 6 MB, or is sent it, is told the limit', async () => {
    const local = await runSmall((stack) => void inlineFunction(stack, 'Large', `return 'x'.repeat(event.bytes);`));
    await expect(local.function('Large').invoke({ bytes: 7 * 1024 * 1024 })).rejects.toMatchObject({
      name: 'Function.ResponseSizeTooLarge',
      message: 'Response payload size exceeded maximum allowed payload size (6291456 bytes).',
    });
    await expect(local.function('Large').invoke({ text: 'x'.repeat(7 * 1024 * 1024) })).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    });
  });
});

test('a state whose output is over 256 KiB fails by the quota', async () => {
  const local = await runSmall((stack) => {
    const large = inlineFunction(stack, 'Large', `return 'x'.repeat(300 * 1024);`);
    machine(stack, 'Machine', new tasks.LambdaInvoke(stack, 'Call', { lambdaFunction: large, payloadResponseOnly: true }));
  });
  const run = await local.workflow('Machine').start({});
  const result = await run.result();
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  expect(result.cause).toMatch(/maximum number of bytes/);
});
