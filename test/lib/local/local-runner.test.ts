import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LocalRunner } from '../../../lib/local/local-runner';
import { until } from './lambda/local-functions';
import { inlineFunction, runSmall, smallApp, stopAll } from './small-app';

jest.setTimeout(60_000);

afterEach(stopAll);

/** Processes that this one has started and that still are, as `ps` sees them. */
function children(): string[] {
  const lines = execFileSync('ps', ['-o', 'pid=,ppid=,args=', '-A'], { encoding: 'utf8' }).split('\n');
  const own = lines.filter((line) => line.trim().split(/\s+/)[1] === String(process.pid));
  return own.filter((line) => !/ps -o pid=|<defunct>/.test(line));
}

/** Servers of this process that listen. */
function servers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
}

/** Runs `work` and proves that it leaves no process, no open port and no temporary file behind. */
async function leavesNothing(work: () => Promise<void>): Promise<void> {
  const before = { children: children(), servers: servers(), files: temporary() };
  await work();
  expect(children().filter((child) => !before.children.includes(child))).toEqual([]);
  await until(() => servers() <= before.servers);
  expect(temporary().filter((name) => !before.files.includes(name))).toEqual([]);
}

function temporary(): string[] {
  // Others may run on this machine: what is ours carries our process id.
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`lambda-${process.pid}-`) || name.startsWith(`valkey-${process.pid}-`));
}

function sleepy(stack: Stack): void {
  const fn = inlineFunction(stack, 'Slow', `await new Promise((resolve) => setTimeout(resolve, event.ms)); return process.pid;`, {
    timeout: Duration.minutes(5),
  });
  const call = tasks.LambdaInvoke.jsonata(stack, 'Call', { lambdaFunction: fn, payload: sfn.TaskInput.fromText('{% $states.input %}') });
  new sfn.StateMachine(stack, 'Work', { definitionBody: sfn.DefinitionBody.fromChainable(call) });
  new sqs.Queue(stack, 'Queue');
  new s3.Bucket(stack, 'Bucket', { eventBridgeEnabled: true });
}

describe('nothing is left', () => {
  test('after a run that was used and stopped, and a second stop does no harm', () =>
    leavesNothing(async () => {
      const local = await runSmall(sleepy);
      await (await local.workflow('Work').start({ ms: 1 })).result();
      await local.bucket('Bucket').put('a', 'b');
      const { url } = local.gateway;
      await local.stop();
      await local.stop();
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }));

  test('after a stop in the middle of a workflow, which then is aborted', () =>
    leavesNothing(async () => {
      const local = await runSmall(sleepy);
      const run = await local.workflow('Work').start({ ms: 200_000 });
      await until(() => local.function('Slow').environments.some(({ state }) => state === 'busy'));
      // What the proof looks for is there while the run is.
      expect([children().length, servers(), temporary().length].every((count) => count > 0)).toBe(true);
      await local.stop();
      expect(await run.result()).toMatchObject({ status: 'ABORTED', error: 'LocalRun.Stopped' });
    }));

  test('after a stop while an event is handled and another waits', () =>
    leavesNothing(async () => {
      const local = await runSmall((stack) => {
        const fn = inlineFunction(stack, 'Stuck', 'await new Promise(() => setInterval(() => {}, 1000));', {
          timeout: Duration.minutes(5),
        });
        (fn.node.defaultChild as lambda.CfnFunction).reservedConcurrentExecutions = 1;
        const bucket = new s3.Bucket(stack, 'Bucket', { eventBridgeEnabled: true });
        new events.Rule(stack, 'Rule', {
          eventPattern: { source: ['aws.s3'], detail: { bucket: { name: [bucket.bucketName] } } },
          targets: [new targets.LambdaFunction(fn)],
        });
      });
      await local.bucket('Bucket').put('one', '1');
      await local.bucket('Bucket').put('two', '2');
      await until(() => local.function('Stuck').environments.some(({ state }) => state === 'busy'));
      await local.stop();
    }));

  test.each<[string, (directory: string) => void, RegExp]>([
    ['a manifest that is no JSON', (directory) => writeFileSync(join(directory, 'manifest.json'), '{'), /manifest\.json is not JSON/],
    ['a template that is gone', (directory) => rmSync(join(directory, 'Small.template.json')), /Small\.template\.json is missing/],
    [
      'a table that DynamoDB would refuse, found when other services run already',
      (directory) => edit(directory, 'Table', (properties) => ({ ...properties, KeySchema: [] })),
      /KeySchema|keySchema/,
    ],
    [
      'a property that cannot be resolved',
      (directory) => edit(directory, 'Queue', (properties) => ({ ...properties, QueueName: { 'Fn::GetAtt': ['Elsewhere', 'Arn'] } })),
      /Elsewhere/,
    ],
  ])('after a start that fails for %s', (_what, spoil, message) =>
    leavesNothing(async () => {
      const { directory } = smallApp((stack) => {
        sleepy(stack);
        new dynamodb.CfnTable(stack, 'Table', {
          keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
          attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
        });
      }).synth();
      spoil(directory);
      await expect(LocalRunner.fromAssembly(directory)).rejects.toThrow(message);
    }),
  );
});

/** Changes the properties of the one resource whose type ends so. */
function edit(directory: string, type: string, change: (properties: Record<string, unknown>) => Record<string, unknown>): void {
  const file = join(directory, 'Small.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  for (const resource of Object.values(template.Resources)) {
    if (resource.Type.endsWith(`::${type}`)) resource.Properties = change(resource.Properties ?? {});
  }
  writeFileSync(file, JSON.stringify(template));
}

test('code that is gone concerns its function alone', async () => {
  const code = mkdtempSync(join(tmpdir(), 'gone-'));
  writeFileSync(join(code, 'index.js'), 'exports.handler = async () => 1;');
  const notices: string[] = [];
  const app = smallApp((stack) => {
    const props = { handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X };
    new lambda.Function(stack, 'Gone', { ...props, code: lambda.Code.fromAsset(code) });
    inlineFunction(stack, 'Here', 'return 2;');
  });
  const { directory } = app.synth();
  const asset = readdirSync(directory).find((name) => name.startsWith('asset.')) ?? '';
  rmSync(join(directory, asset), { recursive: true });
  const local = await LocalRunner.fromAssembly(directory, { onNotice: (notice) => notices.push(notice) });
  try {
    expect(await local.function('Here').invoke({})).toBe(2);
    expect(() => local.function('Gone')).toThrow(/^Small\/Gone\/Resource cannot run here: .*its code .* is missing; synthesize again$/);
    expect(notices).toEqual([
      expect.stringMatching(/^Small\/Gone.* cannot run here: .*its code .*asset\..* is missing; synthesize again$/),
    ]);
  } finally {
    await local.stop();
    rmSync(code, { recursive: true, force: true });
  }
});

test('two runs of one assembly in one process have nothing to do with each other', async () => {
  const app = smallApp(sleepy);
  const { directory } = app.synth();
  const copy = mkdtempSync(join(tmpdir(), 'copy-'));
  cpSync(directory, copy, { recursive: true });
  const [one, other] = await Promise.all([LocalRunner.fromAssembly(directory), LocalRunner.fromAssembly(copy)]);
  try {
    await Promise.all([one.bucket('Bucket').put('key', 'one'), other.bucket('Bucket').put('key', 'other')]);
    expect([await one.bucket('Bucket').get('key'), await other.bucket('Bucket').get('key')]).toEqual(['one', 'other']);
    const runs = await Promise.all([one, other].map((local) => local.workflow('Work').start({ ms: 50 }, { name: 'same' })));
    const results = await Promise.all(runs.map((run) => run.result()));
    expect(results.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    await one.stop();
    expect(await other.bucket('Bucket').get('key')).toBe('other');
  } finally {
    await Promise.all([one.stop(), other.stop()]);
    rmSync(copy, { recursive: true, force: true });
  }
});

describe('things are found', () => {
  let local: LocalRunner;

  beforeEach(async () => {
    local = await runSmall((stack) => {
      for (const id of ['One', 'Two']) new sqs.Queue(new Construct(stack, id), 'Queue');
      const fn = inlineFunction(stack, 'Fn', 'return 1;');
      fn.addAlias('live');
      const url = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
      new CfnOutput(stack, 'Url', { value: url.url });
      new CfnOutput(stack, 'Name', { value: `${fn.functionName}!` });
    });
  });

  test('by construct id, by path, by name; functions by the alias that callers use', () => {
    expect(local.queue('One/Queue').name).toBe(local.queue('Small/One/Queue').name);
    expect(local.queue('One/Queue').name).not.toBe(local.queue('Two/Queue').name);
    expect(local.queue(local.queue('Two').name).name).toBe(local.queue('Two').name);
    expect(local.function('Fn').arn).toMatch(/:live$/);
  });

  test('outputs have the addresses of this machine', async () => {
    expect(local.output('Name')).toBe(`${local.function('Fn').name}!`);
    expect(await (await fetch(local.output('Url'))).json()).toBe(1);
  });

  test.each<[string, (runner: LocalRunner) => unknown, RegExp]>([
    [
      'an id of two things',
      (runner) => runner.queue('Queue'),
      /^Queue may be Small\/One\/Queue\/Resource or Small\/Two\/Queue\/Resource; give the whole path$/,
    ],
    [
      'a queue',
      (runner) => runner.queue('Three'),
      /^no AWS::SQS::Queue Three in the assembly; it has Small\/One\/Queue, Small\/Two\/Queue$/,
    ],
    ['a bucket', (runner) => runner.bucket('Three'), /^no AWS::S3::Bucket Three in the assembly; it has none$/],
    ['a workflow', (runner) => runner.workflow('Three'), /^State Machine Does Not Exist: 'Three'; the assembly has none$/],
    ['an output', (runner) => runner.output('Three'), /^no stack of the assembly has an output Three$/],
  ])('%s that is not there is an error by name', (_what, find, message) => {
    expect(() => find(local)).toThrow(message);
  });
});
