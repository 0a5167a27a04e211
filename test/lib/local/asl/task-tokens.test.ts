import type { TaskRequest } from '../../../../lib/local/asl/task';
import { TaskTokens } from '../../../../lib/local/asl/task-tokens';
import { SkipClock } from '../../../../lib/local/skip-clock';
import { execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from './machine';

const WAIT = `${INVOKE}.waitForTaskToken`;
const byQuery = (fields: object = {}) =>
  jsonata({ T: { Type: 'Task', Resource: WAIT, Arguments: { token: '{% $states.context.Task.Token %}' }, End: true, ...fields } });

/** A task that hands its token to `act`, in the same process and at once. */
function handing(act: (token: string, tokens: TaskTokens) => unknown) {
  const tokens = new TaskTokens();
  const seen: TaskRequest[] = [];
  const tasks = async (request: TaskRequest) => {
    seen.push(request);
    await act(request.taskToken ?? '', tokens);
    return 'the answer of the call itself, which nobody reads';
  };
  return { tokens, tasks, seen };
}

test.each<[string, object]>([
  ['JSONata', byQuery()],
  ['JSONPath', jsonPath({ T: { Type: 'Task', Resource: WAIT, Parameters: { 'token.$': '$$.Task.Token' }, End: true } })],
])('%s: the task gets its token and its result is the answer', async (_, machine) => {
  const { seen, ...options } = handing((token, tokens) => tokens.succeed(token, { ok: true }));
  expect(await run(machine, {}, options)).toEqual(succeeded({ ok: true }));
  expect(seen[0]?.input).toEqual({ token: seen[0]?.taskToken });
});

test('the answer may come long after the call, without time passing for it', async () => {
  const clock = new SkipClock(START);
  const { seen, tokens, ...options } = handing(() => undefined);
  const subject = execution(byQuery(), {}, { ...options, tokens, clock });
  const result = subject.run();
  await clock.sleep(3 * 86_400_000);
  tokens.succeed(seen[0]?.taskToken ?? '', 'approved');
  expect(await result).toEqual(succeeded('approved'));
  expect(typesOf(subject).slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
});

test('a failure fails the task with its error', async () => {
  const refused = handing((token, tokens) => tokens.fail(token, 'Approval.Rejected', 'no'));
  expect(await run(byQuery(), {}, refused)).toEqual({ status: 'FAILED', error: 'Approval.Rejected', cause: 'no' });
  const bare = handing((token, tokens) => tokens.fail(token));
  expect(await run(byQuery(), {}, bare)).toEqual({ status: 'FAILED' });
});

test('a call that cannot be submitted fails the task', async () => {
  const options = handing(() => {
    throw fault('Lambda.Unknown', 'crashed');
  });
  expect(await run(byQuery(), {}, options)).toEqual({ status: 'FAILED', error: 'Lambda.Unknown', cause: 'crashed' });
});

test('without an answer TimeoutSeconds ends the task, and later answers are told so', async () => {
  const { seen, tokens, tasks } = handing(() => undefined);
  expect(await run(byQuery({ TimeoutSeconds: 60 }), {}, { tokens, tasks })).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  const token = seen[0]?.taskToken ?? '';
  for (const late of [() => tokens.succeed(token, 1), () => tokens.fail(token), () => tokens.heartbeat(token)]) {
    expect(late).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
  }
});

test('a missed heartbeat ends the task', async () => {
  const clock = new SkipClock(START);
  const { tokens, tasks } = handing(() => undefined);
  const machine = byQuery({ TimeoutSeconds: 600, HeartbeatSeconds: 10 });
  expect(await run(machine, {}, { tokens, tasks, clock })).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  expect(clock.now()).toBe(START + 10_000);
});

test('heartbeats keep the task alive, each for its interval', async () => {
  const clock = new SkipClock(START);
  const { tokens, seen, tasks } = handing(() => undefined);
  const result = run(byQuery({ HeartbeatSeconds: 10 }), {}, { tokens, tasks, clock });
  for (let beat = 0; beat < 5; beat++) {
    await clock.sleep(9_000);
    tokens.heartbeat(seen[0]?.taskToken ?? '');
  }
  expect(await result).toMatchObject({ error: 'States.Timeout' });
  expect(clock.now()).toBe(START + 5 * 9_000 + 10_000);
});

test.each(['States.Timeout', 'States.HeartbeatTimeout'])(
  'a catcher of %s takes a missed heartbeat, which is a States.Timeout',
  async (name) => {
    const { tokens, tasks } = handing(() => undefined);
    const machine = jsonata({
      T: { Type: 'Task', Resource: WAIT, HeartbeatSeconds: 1, Catch: [{ ErrorEquals: [name], Next: 'S' }], End: true },
      S: { Type: 'Succeed' },
    });
    expect(await run(machine, {}, { tokens, tasks })).toEqual(succeeded({ Error: 'States.Timeout', Cause: '' }));
  },
);

test('every attempt has a token of its own, and the old one is over', async () => {
  let first = '';
  const options = handing((token, tokens) => {
    if (first === '') {
      first = token;
      tokens.fail(token, 'E');
    } else {
      expect(() => tokens.succeed(first, 'old')).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
      tokens.succeed(token, 'new');
    }
  });
  expect(await run(byQuery({ Retry: [{ ErrorEquals: ['E'] }] }), {}, options)).toEqual(succeeded('new'));
});

test.each(['', 'abc', 'AQB', `AQB${Buffer.from('x.y').toString('base64')}`])('%j is not a token', (token) => {
  expect(() => new TaskTokens().succeed(token, 1)).toThrow(expect.objectContaining({ name: 'InvalidToken' }));
});

test('a token of another run does not exist here', () => {
  const foreign = new TaskTokens().issue({ succeeded: jest.fn(), failed: jest.fn(), beat: jest.fn() });
  expect(() => new TaskTokens().heartbeat(foreign)).toThrow(expect.objectContaining({ name: 'TaskDoesNotExist' }));
});

test('an answer counts once', () => {
  const tokens = new TaskTokens();
  const holder = { succeeded: jest.fn(), failed: jest.fn(), beat: jest.fn() };
  const token = tokens.issue(holder);
  tokens.heartbeat(token);
  tokens.succeed(token, 1);
  expect(() => tokens.succeed(token, 2)).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
  expect(holder.succeeded.mock.calls).toEqual([[1]]);
  expect(holder.beat).toHaveBeenCalledTimes(1);
});
