import { Aborted, LinkedAbort, orAborted } from '../abort';
import { AslError } from '../asl-error';
import { MAX_SECONDS } from '../definition/check-values';
import { StatesError } from '../state-error';
import type { StateOutcome, StateVisit } from '../state-visit';
import { TaskEvents } from '../task-events';
import { TaskResource } from '../task-resource';

interface Limits {
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

export async function runTask(visit: StateVisit): Promise<StateOutcome> {
  const resource = TaskResource.parse(visit.state.fields.Resource ?? '')!;
  const limits = await limitsOf(visit);
  const attempt = new LinkedAbort(visit.signal);
  const answer = resource.waitsForToken ? new TokenAnswer(visit) : undefined;
  const events = new TaskEvents(visit, resource);
  try {
    const input = await visit.engine.payload(visit.state.fields, visit.scope(answer && { Task: { Token: answer.token } }));
    events.scheduled(visit.json(input), limits);
    events.started();
    const call = Promise.resolve(
      visit.runtime.tasks({
        resource: resource.arn,
        stateName: visit.state.name,
        input,
        executionArn: visit.runtime.executionArn,
        signal: attempt.signal,
        submitted: (output) => events.submitted(output),
        ...limits,
        ...(answer && { taskToken: answer.token }),
      }),
    );
    const work = answer === undefined ? call : answer.after(call.then((output) => events.submitted(output)));
    const result = await withinLimits(work, limits, answer, visit, attempt.signal);
    const json = visit.json(result, resource.resultName);
    events.succeeded(json);
    return await visit.finished(JSON.parse(json));
  } catch (error) {
    const failure = asTaskError(error);
    events.failed(failure);
    throw failure;
  } finally {
    attempt.abort(new Aborted('left'));
    attempt.release();
    answer?.retire();
  }
}

async function limitsOf(visit: StateVisit): Promise<Limits> {
  const scope = visit.scope();
  const { fields, language } = visit.state;
  // As observed, the bounds that an expression is held to begin at 0; a literal's begin at 1.
  const range = { min: language === 'JSONata' ? 0 : 1, max: MAX_SECONDS };
  const timeoutSeconds = await visit.engine.integer(fields, 'TimeoutSeconds', scope, range);
  const heartbeatSeconds = await visit.engine.integer(fields, 'HeartbeatSeconds', scope, range);
  return { ...(timeoutSeconds !== undefined && { timeoutSeconds }), ...(heartbeatSeconds !== undefined && { heartbeatSeconds }) };
}

/** The answer to a task token, and the heartbeats before it. */
class TokenAnswer {
  readonly token: string;
  lastBeat: number;
  private readonly answered: Promise<unknown>;

  constructor(private readonly visit: StateVisit) {
    const { tokens, clock } = visit.runtime;
    let token = '';
    this.lastBeat = clock.now();
    this.answered = new Promise((resolve, reject) => {
      const holder = {
        succeeded: resolve,
        failed: reject,
        beat: () => {
          this.lastBeat = clock.now();
        },
      };
      token = tokens.issue(holder, visit.runtime.executionArn);
    });
    // An answer may come when nobody waits any more.
    this.answered.catch(() => undefined);
    this.token = token;
  }

  /** The answer, unless submitting the call fails first. */
  after(submitted: Promise<unknown>): Promise<unknown> {
    return Promise.race([this.answered, submitted.then(() => this.answered)]);
  }

  retire(): void {
    this.visit.runtime.tokens.retire(this.token);
  }
}

/** Settles with `work`, or rejects when a limit of the state passes or the state is given up. */
async function withinLimits(
  work: Promise<unknown>,
  limits: Limits,
  answer: TokenAnswer | undefined,
  visit: StateVisit,
  signal: AbortSignal,
): Promise<unknown> {
  const { clock } = visit.runtime;
  const timers = new LinkedAbort(signal);
  const contenders = [orAborted(work, signal)];
  if (limits.timeoutSeconds !== undefined) {
    contenders.push(clock.sleep(limits.timeoutSeconds * 1000, timers.signal).then(() => timedOut()));
  }
  if (limits.heartbeatSeconds !== undefined) {
    // A call without a token has nothing to beat with.
    const beats = answer ?? { lastBeat: clock.now() };
    contenders.push(watchHeartbeat(limits.heartbeatSeconds * 1000, beats, visit, timers.signal));
  }
  for (const contender of contenders) contender.catch(() => undefined);
  try {
    return await Promise.race(contenders);
  } finally {
    timers.abort(new Aborted('left'));
    timers.release();
  }
}

async function watchHeartbeat(
  every: number,
  answer: { readonly lastBeat: number },
  visit: StateVisit,
  signal: AbortSignal,
): Promise<never> {
  const { clock } = visit.runtime;
  while (clock.now() < answer.lastBeat + every) await clock.sleep(answer.lastBeat + every - clock.now(), signal);
  return timedOut(StatesError.HeartbeatTimeout);
}

/** As recorded on AWS a missed heartbeat is a States.Timeout too, which Retry and Catch also know by its own name. */
function timedOut(alias?: string): never {
  throw new AslError(StatesError.Timeout, '', alias);
}

/** A handler that rejects with anything but an AslError failed in a way it did not foresee: the task failed all the same. */
function asTaskError(error: unknown): unknown {
  if (error instanceof AslError || error instanceof Aborted) return error;
  return new AslError(StatesError.TaskFailed, error instanceof Error ? error.message : String(error));
}
