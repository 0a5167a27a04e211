import { SFN_PAYLOAD } from '../../../quotas/step-functions-quotas';
import { SystemClock } from '../../clock';
import { SkipClock } from '../../skip-clock';
import { isObject } from '../definition/problems';
import { Execution } from '../execution';
import { seededRandom } from '../expressions/seeded-random';
import { uuidFrom } from '../expressions/uuid';
import type { HistoryEvent } from '../history';
import { toJson } from '../payload';
import { loadDefinition } from '../state-machine-definition';
import { TaskTokens } from '../task-tokens';
import { parseTimestamp } from '../timestamp';
import { DoorError } from './door-error';
import { parseMocks } from './mock-outcome';
import { MockedTasks } from './mocked-tasks';

export interface InterpretOptions {
  /** The definition, as text or as the value it stands for. */
  readonly definition: string | object;
  /** @default {} as StartExecution has it */
  readonly input?: unknown;
  /** Outcomes of tasks, by Resource or function. @default - no task is answered */
  readonly mocks?: unknown;
  /** Laid over the default context object. Execution.StartTime also sets the clock of `skipTime`. */
  readonly context?: unknown;
  /** Jump to the next timer; time, randomness and identifiers are then the same in every run. @default false */
  readonly skipTime?: boolean;
}

/** How the interpretation of a definition ended. Values that do not apply are null. */
export interface Interpretation {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
  /** As GetExecutionHistory gives them; `timestamp` becomes ISO 8601 text in JSON. */
  readonly events: readonly HistoryEvent[];
}

/** When a run that skips time begins, unless its context says otherwise. */
const SKIP_TIME_START = '2026-01-01T00:00:00.000Z';

const ACCOUNT = 'us-east-1:123456789012';
const MACHINE = 'StateMachine';
const NAME = 'execution';
const SEED = 1;

/**
 * Interprets one definition from its start to its end, with mocks in place of everything outside.
 * @throws DefinitionError when Step Functions would refuse the definition, or it cannot be interpreted faithfully
 * @throws DoorError when mocks, context or input are malformed
 */
export async function interpret(options: InterpretOptions): Promise<Interpretation> {
  const definition = loadDefinition(options.definition, { mocked: true });
  const { mocks: outcomes = {}, context = {} } = options;
  const mocks = parseMocks(outcomes);
  if (!isObject(context)) throw new DoorError('Context', `the context must be an object, got ${JSON.stringify(context)}`);
  const start = startTime(context);
  const skip = options.skipTime === true;
  const clock = skip ? new SkipClock(start ?? Date.parse(SKIP_TIME_START)) : new SystemClock();
  const random = skip ? seededRandom(SEED) : Math.random;
  const tokens = new TaskTokens(() => uuidFrom(random));
  const execution = new Execution({
    definition,
    input: checkedInput(options.input),
    name: NAME,
    executionArn: `arn:aws:states:${ACCOUNT}:execution:${MACHINE}:${NAME}`,
    stateMachineArn: `arn:aws:states:${ACCOUNT}:stateMachine:${MACHINE}`,
    stateMachineName: MACHINE,
    roleArn: `arn:aws:iam::123456789012:role/${MACHINE}Role`,
    clock,
    tokens,
    tasks: new MockedTasks(mocks, clock, tokens).handler,
    context,
    random,
  });
  const { status, output = null, error = null, cause = null } = await execution.run();
  return { status, output: status === 'SUCCEEDED' ? output : null, error, cause, events: execution.history };
}

/** StartExecution refuses an input that is too large, so there is no execution that could fail. */
function checkedInput(input: unknown): unknown {
  const given = input === undefined ? {} : input;
  const size = Buffer.byteLength(toJson(given));
  if (size > SFN_PAYLOAD.max!) throw new DoorError('Input', `the input must be at most ${SFN_PAYLOAD.max} bytes of JSON, got ${size}`);
  return given;
}

function startTime(context: Readonly<Record<string, unknown>>): number | undefined {
  const { Execution: execution } = context;
  const text = isObject(execution) ? execution['StartTime'] : undefined;
  if (text === undefined) return undefined;
  const time = typeof text === 'string' ? parseTimestamp(text) : undefined;
  if (time === undefined) {
    throw new DoorError('Context', `Execution.StartTime must be a timestamp such as ${SKIP_TIME_START}, got ${JSON.stringify(text)}`);
  }
  return time;
}
