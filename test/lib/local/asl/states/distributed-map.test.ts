import type { MapRun } from '../../../../../lib/local/asl/map-run/map-run';
import type { TaskRequest } from '../../../../../lib/local/asl/task';
import { SkipClock } from '../../../../../lib/local/skip-clock';
import { execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from '../machine';

const config = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const each = (fields: object) => ({ ...config, StartAt: 'Each', States: { Each: { End: true, ...fields } } });
const work = each({ Type: 'Task', Resource: INVOKE });
const machine = (fields: object) => jsonata({ M: { Type: 'Map', Label: 'docs', ItemProcessor: work, End: true, ...fields } });
const failing = async ({ input }: TaskRequest) => {
  if (String(input).startsWith('bad')) throw fault('E', 'why');
  return input;
};
const exceeded = {
  status: 'FAILED',
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};
/** A child that failed, in a result that is otherwise made of outputs. */
const told = expect.objectContaining({ Status: 'FAILED', Error: 'E', Cause: 'why', Input: '"bad"' });

test('every item is an execution of its own, with its own context', async () => {
  const child = each({
    Type: 'Pass',
    Output: '{% {"e": $states.context.Execution, "m": $states.context.StateMachine, "map": $states.context.Map} %}',
  });
  const { output } = await run(machine({ ItemProcessor: child, ItemSelector: { v: '{% $states.context.Map.Item %}' } }), ['a']);
  expect(output).toEqual([
    {
      e: {
        Id: expect.stringMatching(/^arn:aws:states:eu-west-1:111122223333:execution:research\/docs:[\w-]{36}$/),
        Input: { v: { Index: 0, Value: 'a', Source: 'STATE_DATA' } },
        Name: expect.stringMatching(/^[\w-]{36}$/),
        RoleArn: 'arn:aws:iam::111122223333:role/research',
        StartTime: '2026-03-01T00:00:00.000Z',
        RedriveCount: 0,
      },
      m: { Id: 'arn:aws:states:eu-west-1:111122223333:stateMachine:research/docs', Name: 'research/docs' },
    },
  ]);
});

test('a child sees no variables of its parent', async () => {
  const child = each({ Type: 'Pass', Output: '{% $exists($outer) %}' });
  const definition = jsonata({
    S: { Type: 'Pass', Assign: { outer: 1 }, Next: 'M' },
    M: { Type: 'Map', Items: [1], ItemProcessor: child, End: true },
  });
  expect(await run(definition)).toEqual(succeeded([false]));
});

test('the parent has the events of the run, not of its children', async () => {
  const subject = execution(machine({}), ['a', 'b']);
  expect(await subject.run()).toEqual(succeeded(['a', 'b']));
  expect(typesOf(subject)).toEqual([
    'ExecutionStarted',
    'MapStateEntered',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunSucceeded',
    'MapStateSucceeded',
    'MapStateExited',
    'ExecutionSucceeded',
  ]);
});

test('MaxConcurrency bounds the children', async () => {
  const clock = new SkipClock(START);
  const child = each({ Type: 'Wait', Seconds: 1 });
  await run(machine({ ItemProcessor: child, MaxConcurrency: 50 }), Array(150).fill(0), { clock });
  expect(clock.now()).toBe(START + 3_000);
});

test.each<[string, object, string[], unknown]>([
  ['one failure is too many by default', {}, ['a', 'bad'], exceeded],
  ['a tolerated failure is told of in full', { ToleratedFailureCount: 1 }, ['a', 'bad', 'c'], succeeded(['a', told, 'c'])],
  ['one more than tolerated', { ToleratedFailureCount: 1 }, ['bad1', 'a', 'bad2'], exceeded],
  ['a tolerated share', { ToleratedFailurePercentage: 50 }, ['a', 'bad'], succeeded(['a', told])],
  ['more than the tolerated share', { ToleratedFailurePercentage: 49 }, ['a', 'bad'], exceeded],
  ['the tighter of both counts', { ToleratedFailurePercentage: 100, ToleratedFailureCount: 0 }, ['a', 'bad'], exceeded],
  ['a share by expression', { ToleratedFailurePercentage: '{% 50 %}' }, ['a', 'bad'], succeeded(['a', told])],
])('%s', async (_, fields, items, result) => {
  expect(await run(machine(fields), items, { tasks: failing })).toEqual(result);
});

test('ToleratedFailureCountPath', async () => {
  const definition = jsonPath({
    M: { Type: 'Map', ItemsPath: '$.l', ToleratedFailureCountPath: '$.n', ItemProcessor: work, End: true },
  });
  expect(await run(definition, { l: ['bad', 'a'], n: 1 }, { tasks: failing })).toEqual(succeeded([told, 'a']));
});

test('the run that failed says so and can be caught', async () => {
  const definition = jsonata({
    M: {
      Type: 'Map',
      ItemProcessor: work,
      Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Output: 'caught', Next: 'S' }],
      End: true,
    },
    S: { Type: 'Succeed' },
  });
  const subject = execution(definition, ['bad'], { tasks: failing });
  expect(await subject.run()).toEqual(succeeded('caught'));
  expect(typesOf(subject)).toEqual(expect.arrayContaining(['MapRunFailed', 'MapStateFailed']));
});

test('a redrive runs the failed children only, each from its failed state', async () => {
  const calls: string[] = [];
  let broken = true;
  const tasks = async ({ stateName, input }: TaskRequest) => {
    calls.push(`${stateName}:${input}`);
    if (broken && stateName === 'Second' && input === 'b') throw fault('E');
    return input;
  };
  const child = {
    ...config,
    StartAt: 'First',
    States: { First: { Type: 'Task', Resource: INVOKE, Next: 'Second' }, Second: { Type: 'Task', Resource: INVOKE, End: true } },
  };
  const subject = execution(machine({ ItemProcessor: child, MaxConcurrency: 1 }), ['a', 'b', 'c'], { tasks });
  expect(await subject.run()).toEqual(exceeded);
  broken = false;
  calls.length = 0;
  expect(await subject.redrive()).toEqual(succeeded(['a', 'b', 'c']));
  expect(calls).toEqual(['Second:b', 'First:c', 'Second:c']);
});

test('stopping the parent stops its children', async () => {
  const signals: AbortSignal[] = [];
  const tasks = ({ signal }: TaskRequest) => {
    signals.push(signal);
    subject.stop('Stop', 'enough');
    return new Promise(() => undefined);
  };
  const subject = execution(machine({}), ['a', 'b'], { tasks });
  expect(await subject.run()).toEqual({ status: 'ABORTED', error: 'Stop', cause: 'enough' });
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test('an EXPRESS child is started anew by a redrive, a STANDARD one goes on', async () => {
  const calls: string[] = [];
  let broken = true;
  const tasks = async ({ stateName, input }: TaskRequest) => {
    calls.push(stateName);
    if (broken && stateName === 'Second') throw fault('E');
    return input;
  };
  const child = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'First',
    States: { First: { Type: 'Task', Resource: INVOKE, Next: 'Second' }, Second: { Type: 'Task', Resource: INVOKE, End: true } },
  };
  const subject = execution(machine({ ItemProcessor: child }), ['a'], { tasks });
  expect(await subject.run()).toEqual(exceeded);
  broken = false;
  calls.length = 0;
  expect(await subject.redrive()).toEqual(succeeded(['a']));
  expect(calls).toEqual(['First', 'Second']);
});

test('an EXPRESS child ends after five minutes', async () => {
  const runs: MapRun[] = [];
  const child = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'Each',
    States: { Each: { Type: 'Wait', Seconds: 301, End: true } },
  };
  const subject = execution(machine({ ItemProcessor: child }), ['a'], { onMapRun: (mapRun) => runs.push(mapRun) });
  expect(await subject.run()).toEqual(exceeded);
  expect(runs[0]?.executionCounts).toMatchObject({ timedOut: 1, total: 1 });
});

test('an execution that stops marks its map run and its children as aborted', async () => {
  const runs: MapRun[] = [];
  const tasks = () => {
    subject.stop('Stop', 'enough');
    return new Promise(() => undefined);
  };
  const subject = execution(machine({}), ['a', 'b'], { tasks, onMapRun: (mapRun) => runs.push(mapRun) });
  await subject.run();
  expect(runs[0]).toMatchObject({ status: 'ABORTED', redriveCount: 0 });
  expect(runs[0]?.executionCounts.aborted).toBeGreaterThan(0);
  expect(typesOf(subject)).toEqual(expect.arrayContaining(['MapRunAborted', 'MapStateAborted', 'ExecutionAborted']));
});
