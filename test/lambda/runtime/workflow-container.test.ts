import { CheckpointStore } from '../../../lambda/runtime/checkpoint-store';
import { runContainerStep } from '../../../lambda/runtime/workflow-container';
import type { StepFunction } from '../../../lambda/runtime/workflow-run';
import { ClaimCheckStore } from '../../../lambda/shared/claim-check';
import { AwsDouble } from '../workflow/aws-double';
import { envelope, failureOf, newRun } from '../workflow/step-fixture';

let aws: AwsDouble;
beforeAll(async () => {
  aws = await AwsDouble.start();
});
afterAll(() => aws.stop());
beforeEach(() => aws.reset());

const services = {
  store: new CheckpointStore({ table: () => 'workflow-store', retentionSeconds: () => 3600 }),
  claimChecks: new ClaimCheckStore(() => 'workflow-bucket'),
  inlineResultBytes: 32 * 1024,
};

interface Task {
  readonly run: string;
  readonly attempt?: number;
  readonly input?: unknown;
}

function task({ run, attempt = 0, input = { n: 1 } }: Task): string {
  const { workflow, step } = envelope({ run, attempt, id: 'Crunch', expose: ['verdict'] });
  const place = (name: string) => ({ bucket: 'workflow-bucket', key: `runs/Flow/${run}/Crunch/${name}` });
  aws.objects.set(`workflow-bucket/${place('input.json').key}`, Buffer.from(JSON.stringify(input)));
  return JSON.stringify({ workflow, step, input: place('input.json'), result: place('result.json') });
}

function resultOf(run: string): unknown {
  const object = aws.objects.get(`workflow-bucket/runs/Flow/${run}/Crunch/result.json`);
  return object && JSON.parse(object.toString('utf8'));
}

const runTask = (text: string, fn: StepFunction<unknown>, stop?: AbortSignal) => runContainerStep(text, fn, {}, services, stop);

test('reads its input, and writes its result where the workflow looks for it', async () => {
  const run = newRun();
  await runTask(task({ run, input: { n: 20 } }), async (_, input) => ({ doubled: (input as { n: number }).n * 2 }));
  expect(resultOf(run)).toEqual({ doubled: 40 });
});

test('a large result travels by claim check with its exposed fields', async () => {
  const run = newRun();
  await runTask(task({ run }), async () => ({ verdict: 'good', pages: 'x'.repeat(10_000) }));
  expect(resultOf(run)).toEqual({ verdict: 'good', $claimCheck: expect.objectContaining({ bucket: 'workflow-bucket' }) });
});

test('a retried task replays its checkpoints', async () => {
  const run = newRun();
  let calls = 0;
  const work: StepFunction<unknown> = async (ctx) => {
    const count = await ctx.run('count', async () => ++calls);
    if (ctx.attempt === 0) throw new Error('killed');
    return count;
  };
  expect(await failureOf(runTask(task({ run }), work))).toEqual({ name: 'Error', message: 'killed' });
  expect(resultOf(run)).toBeUndefined();
  await runTask(task({ run, attempt: 1 }), work);
  expect(resultOf(run)).toBe(1);
});

test('a task that is stopped aborts its work and writes no result', async () => {
  const run = newRun();
  const stop = new AbortController();
  const ended = failureOf(
    runTask(
      task({ run }),
      (ctx) =>
        ctx.run(
          'long',
          ({ signal }) =>
            new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason));
              setImmediate(() => stop.abort(new Error('the task is being stopped')));
            }),
        ),
      stop.signal,
    ),
  );
  expect(await ended).toEqual({ name: 'Error', message: 'the task is being stopped' });
  expect(resultOf(run)).toBeUndefined();
  expect((await aws.items(run)).map((item) => item['sk']?.['S'])).toEqual(['lease']);
});

test.each([
  ['not JSON', '{', 'WORKFLOW_CONTAINER_STEP must hold JSON, got {'],
  ['incomplete', '{}', 'WORKFLOW_CONTAINER_STEP must hold workflow, step, input and result, got {}'],
])('fails when its description is %s', async (_, text, message) => {
  expect(await failureOf(runTask(text, async () => null))).toEqual({ name: 'Step.InvalidInput', message });
});

test('fails when its input is missing', async () => {
  const run = newRun();
  const text = task({ run });
  aws.objects.clear();
  expect(await failureOf(runTask(text, async () => null))).toEqual({
    name: 'ClaimCheck.Broken',
    message: `claim check s3://workflow-bucket/runs/Flow/${run}/Crunch/input.json is missing or not readable`,
  });
});
