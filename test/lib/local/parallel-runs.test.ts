import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Stack } from 'aws-cdk-lib/core';
import { inlineFunction, runSmall, smallApp, stopAll } from './small-app';

jest.setTimeout(180_000);

afterEach(stopAll);

function echoing(stack: Stack): void {
  const lambdaFunction = inlineFunction(stack, 'Echo', 'await new Promise((resolve) => setTimeout(resolve, 20)); return event;');
  const call = tasks.LambdaInvoke.jsonata(stack, 'Call', {
    lambdaFunction,
    payload: sfn.TaskInput.fromText('{% $states.input %}'),
    outputs: '{% $states.result.Payload %}',
  });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(call) });
  new sqs.Queue(stack, 'Queue');
  new s3.Bucket(stack, 'Bucket');
}

/** Standard output of a process that ended well. */
function outputOf(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: join(__dirname, '..', '..', '..') });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (err += text));
    child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`exit ${code}: ${err}`))));
  });
}

test('local runs of one assembly in several processes at once, as jest workers are, do not meet', async () => {
  const { directory } = smallApp(echoing).synth();
  const names = ['one', 'two', 'three'];
  const outputs = await Promise.all(names.map((name) => outputOf(join(__dirname, 'parallel-runs.fixture.ts'), directory, name)));
  // An object, a message and a run are left in each.
  expect(outputs.map((output) => JSON.parse(output))).toEqual(names.map((name) => [name, name, { mine: name }, 3]));
});

test('a hundred executions at once complete, each with its own answer', async () => {
  const local = await runSmall(echoing, { time: 'skipped' });
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  const runs = await Promise.all(numbers.map((n) => local.workflow('Machine').start({ n })));
  const results = await Promise.all(runs.map((run) => run.result()));
  expect(results).toEqual(numbers.map((n) => ({ status: 'SUCCEEDED', output: { n } })));
  expect(new Set(local.function('Echo').invocations.map(({ event }) => (event as { n: number }).n)).size).toBe(100);
});
