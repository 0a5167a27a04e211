import type { TaskRequest } from '../../../../lib/local/asl/task';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { answering, execution, fault, INVOKE, jsonata, START, succeeded, typesOf } from './machine';

const task = (fields: object = {}) => ({ Type: 'Task', Resource: INVOKE, End: true, ...fields });

/** Tasks that fail for the states named in `broken`, and a record of all calls. */
function breakable(...names: string[]) {
  const broken = new Set(names);
  const calls: TaskRequest[] = [];
  const tasks = async (request: TaskRequest) => {
    calls.push(request);
    if (broken.has(request.stateName) || broken.has(String(request.input))) throw fault('E', 'why');
    return request.input;
  };
  return { broken, calls, tasks };
}

test('a redrive goes on from the state that failed, with the same input and variables', async () => {
  const { broken, calls, tasks } = breakable('Second');
  const machine = jsonata({
    First: { Type: 'Task', Resource: INVOKE, Output: '{% $states.input.a + 1 %}', Assign: { v: 'kept' }, Next: 'Second' },
    Second: task({ Arguments: '{% [$states.input, $v, $states.context.Execution.RedriveCount, $states.context.State.RetryCount] %}' }),
  });
  const subject = execution(machine, { a: 1 }, { tasks });
  expect(await subject.run()).toMatchObject({ status: 'FAILED', error: 'E' });
  expect(await subject.redrive()).toMatchObject({ status: 'FAILED', error: 'E' });
  broken.clear();
  expect(await subject.redrive()).toEqual(succeeded([2, 'kept', 2, 0]));
  expect(calls.map(({ stateName }) => stateName)).toEqual(['First', 'Second', 'Second', 'Second']);
});

test('the history goes on, without entering the state again', async () => {
  const { broken, tasks } = breakable('T');
  const subject = execution(jsonata({ T: task() }), {}, { tasks });
  await subject.run();
  broken.clear();
  await subject.redrive();
  expect(typesOf(subject).slice(4)).toEqual([
    'TaskFailed',
    'ExecutionFailed',
    'ExecutionRedriven',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(subject.history[6]).toMatchObject({ id: 7, previousEventId: 6, executionRedrivenEventDetails: { redriveCount: 1 } });
});

test('retries start over', async () => {
  const { calls, tasks } = breakable('T');
  const subject = execution(jsonata({ T: task({ Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }] }) }), {}, { tasks });
  await subject.run();
  expect(calls).toHaveLength(3);
  await subject.redrive();
  expect(calls).toHaveLength(6);
});

test('of a Parallel state only branches that did not succeed run again, each from where it stopped', async () => {
  const { broken, calls, tasks } = breakable('B2');
  const branch = (name: string, fields: object = {}) => ({
    StartAt: `${name}1`,
    States: { [`${name}1`]: { Type: 'Task', Resource: INVOKE, Next: `${name}2` }, [`${name}2`]: task(fields) },
  });
  const waits = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Output: 'waited', End: true } } };
  const machine = jsonata({ P: { Type: 'Parallel', Branches: [branch('A'), branch('B'), waits], End: true } });
  const clock = new SkipClock(START);
  const subject = execution(machine, 'in', { tasks, clock });
  expect(await subject.run()).toMatchObject({ error: 'E' });
  expect(clock.now()).toBe(START);
  broken.clear();
  calls.length = 0;
  expect(await subject.redrive()).toEqual(succeeded(['in', 'in', 'waited']));
  expect(calls.map(({ stateName }) => stateName)).toEqual(['B2']);
});

test('of a Map state only iterations that did not succeed run again', async () => {
  const { broken, calls, tasks } = breakable('b');
  const processor = { StartAt: 'Each', States: { Each: task() } };
  const machine = jsonata({
    M: { Type: 'Map', Items: '{% $states.input[] %}', MaxConcurrency: 1, ItemProcessor: processor, End: true },
  });
  const subject = execution(machine, ['a', 'b', 'c'], { tasks });
  expect(await subject.run()).toMatchObject({ error: 'E' });
  broken.clear();
  calls.length = 0;
  expect(await subject.redrive()).toEqual(succeeded(['a', 'b', 'c']));
  expect(calls.map(({ input }) => input)).toEqual(['b', 'c']);
});

test('nested: only the innermost work that failed runs again', async () => {
  const { broken, calls, tasks } = breakable('bad');
  const processor = { StartAt: 'Each', States: { Each: task() } };
  const inner = (name: string, Items: string[]) => ({
    StartAt: name,
    States: {
      [name]: { Type: 'Map', Items, ItemProcessor: JSON.parse(JSON.stringify(processor).replaceAll('Each', `Each${name}`)), End: true },
    },
  });
  const machine = jsonata({ P: { Type: 'Parallel', Branches: [inner('X', ['x1', 'x2']), inner('Y', ['y1', 'bad'])], End: true } });
  const subject = execution(machine, {}, { tasks });
  expect(await subject.run()).toMatchObject({ error: 'E' });
  const done = new Set(calls.map(({ input }) => input));
  expect(done).toEqual(new Set(['x1', 'x2', 'y1', 'bad']));
  broken.clear();
  calls.length = 0;
  const { status, output } = await subject.redrive();
  expect({ status, output }).toEqual(
    succeeded([
      ['x1', 'x2'],
      ['y1', 'bad'],
    ]),
  );
  expect(calls.map(({ input }) => input)).toContain('bad');
  expect(calls.length).toBeLessThan(4);
});

test('results too large to join run again, all of them', async () => {
  const half = 'x'.repeat(140_000);
  const { tasks, requests } = answering(half, half, 'a', 'b');
  const branch = (name: string) => ({ StartAt: name, States: { [name]: task() } });
  const subject = execution(jsonata({ P: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } }), {}, { tasks });
  expect(await subject.run()).toMatchObject({ error: 'States.DataLimitExceeded' });
  expect(await subject.redrive()).toEqual(succeeded(['a', 'b']));
  expect(requests).toHaveLength(4);
});

test('a stopped execution and one that timed out can be redriven, with a new time limit', async () => {
  const clock = new SkipClock(START);
  const machine = jsonata({ T: task() }, { TimeoutSeconds: 60 });
  let answer: Promise<unknown> = new Promise(() => undefined);
  const subject = execution(machine, {}, { clock, tasks: () => answer });
  expect(await subject.run()).toMatchObject({ status: 'TIMED_OUT' });
  expect(await subject.redrive()).toMatchObject({ status: 'TIMED_OUT' });
  expect(clock.now()).toBe(START + 120_000);
  const stopped = subject.redrive();
  subject.stop();
  expect(await stopped).toEqual({ status: 'ABORTED' });
  answer = Promise.resolve('done');
  expect(await subject.redrive()).toEqual(succeeded('done'));
});

test.each(['RUNNING', 'SUCCEEDED'])('one that is %s cannot', async (status) => {
  const subject = execution(jsonata({ S: { Type: 'Succeed' } }));
  if (status === 'SUCCEEDED') await subject.run();
  await expect(subject.redrive()).rejects.toMatchObject({
    name: 'ExecutionNotRedrivable',
    message: `the execution cannot be redriven: it is ${status}`,
  });
});
