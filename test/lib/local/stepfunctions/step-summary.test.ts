import { partOfStep } from '../../../../lambda/contract/states';
import { AslError } from '../../../../lib/local/asl/asl-error';
import { summariseSteps } from '../../../../lib/local/stepfunctions/step-summary';
import { aliasOf, chain, machinesOf } from './written-machines';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: {}, Output: '{% $states.result %}' };
const RETRY = [{ ErrorEquals: ['Again'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 1 }];

async function run(definition: object, results: (stateName: string, call: number) => unknown) {
  const calls = new Map<string, number>();
  const { executions } = machinesOf({ M: definition }, async ({ stateName }) => {
    const call = calls.get(stateName) ?? 0;
    calls.set(stateName, call + 1);
    const result = results(stateName, call);
    if (result instanceof Error) throw result;
    return result;
  });
  const record = executions.start({ stateMachineArn: aliasOf('M'), input: {} });
  const { status } = await record.result;
  return { status, steps: summariseSteps(record.execution.history, record.outline) };
}

test('attempts are counted over retries, bytes are those of the output as UTF-8', async () => {
  const { steps } = await run(chain({ First: { ...TASK, Retry: RETRY }, Second: TASK }), (name, call) =>
    name === 'First' && call === 0 ? new AslError('Again', '') : { text: 'ä' },
  );
  expect(steps).toEqual([
    { name: 'First', type: 'Task', runs: 1, attempts: 2, durationMs: expect.any(Number), outputBytes: 13 },
    { name: 'Second', type: 'Task', runs: 1, attempts: 1, durationMs: expect.any(Number), outputBytes: 13 },
  ]);
  // The second between the attempts belongs to the step.
  expect(steps[0]?.durationMs).toBeGreaterThan(900);
});

test('the items of a map are one step together, and states that only serve a step are none', async () => {
  const item = chain({ 'Each item': { Type: 'Pass', Comment: partOfStep('Each') }, Work: TASK });
  const map = { Type: 'Map', Items: '{% [1, 2, 3] %}', ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...item } };
  const { steps } = await run(chain({ Each: map, Done: { Type: 'Pass', Comment: 'a comment like any other' } }), () => 'x');
  expect(steps.map(({ name, type, runs, attempts, outputBytes }) => [name, type, runs, attempts, outputBytes])).toEqual([
    ['Each', 'Map', 1, 1, 13],
    ['Work', 'Task', 3, 3, 9],
    ['Done', 'Pass', 1, 1, 13],
  ]);
});

test('a step that failed has no output, those after it are not there', async () => {
  const { status, steps } = await run(chain({ First: TASK, Second: TASK }), () => new AslError('No', 'way'));
  expect(status).toBe('FAILED');
  expect(steps).toEqual([{ name: 'First', type: 'Task', runs: 1, attempts: 1, durationMs: expect.any(Number), outputBytes: undefined }]);
});
