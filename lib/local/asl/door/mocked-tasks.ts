import type { Clock } from '../../clock';
import { AslError } from '../asl-error';
import { isObject } from '../definition/problems';
import { StatesError } from '../state-error';
import type { TaskHandler, TaskRequest } from '../task';
import { TaskTokenError, type TaskTokens } from '../task-tokens';
import { type FunctionName, namesFunction, parseFunctionName } from './function-name';
import type { MockOutcome } from './mock-outcome';

const INVOKE = /^arn:[\w-]+:states:[\w-]*:\d*:(?:lambda:invoke|aws-sdk:lambda:invoke)(?:\.waitForTaskToken)?$/;

const SYNC = /\.sync(?::2)?$/;

/**
 * Answers tasks from mocks: the outcomes of each key are used in the order of the calls and the last repeats.
 * Of several keys that fit, the one that says most is used: the function with its qualifier, the function, the Resource.
 */
export class MockedTasks {
  private readonly calls = new Map<string, number>();
  private readonly functions: readonly { readonly key: string; readonly named: FunctionName }[];

  constructor(
    private readonly mocks: ReadonlyMap<string, readonly MockOutcome[]>,
    private readonly clock: Clock,
    private readonly tokens: TaskTokens,
  ) {
    this.functions = [...mocks.keys()]
      .flatMap((key) => {
        const named = parseFunctionName(key);
        return named === undefined ? [] : [{ key, named }];
      })
      .sort((left, right) => Number(right.named.qualifier !== undefined) - Number(left.named.qualifier !== undefined));
  }

  readonly handler: TaskHandler = async (request) => {
    const outcome = this.outcomeOf(request);
    // A job that is waited for was submitted first; what that answered, no mock says.
    if (SYNC.test(request.resource)) request.submitted?.(undefined);
    if (request.taskToken === undefined) return this.settle(outcome, request);
    // The call itself succeeds; what the mock says is the answer that comes by the token.
    void this.settle(outcome, request).then(
      (value) => this.answer(() => this.tokens.succeed(request.taskToken ?? '', value)),
      (error: unknown) => this.answer(() => this.failToken(request, error)),
    );
    return {};
  };

  private async settle({ sleep, result }: MockOutcome, { signal }: TaskRequest): Promise<unknown> {
    await this.clock.sleep(sleep * 1000, signal);
    if ('throw' in result) throw new AslError(result.throw.Error, result.throw.Cause);
    return structuredClone(result.return);
  }

  private failToken(request: TaskRequest, error: unknown): void {
    // Anything else means that nobody waits any more.
    if (error instanceof AslError) this.tokens.fail(request.taskToken ?? '', error.error, error.cause);
  }

  private answer(give: () => void): void {
    try {
      give();
    } catch (error) {
      // The state was left before its answer came, as it may be on a real account.
      if (!(error instanceof TaskTokenError)) throw error;
    }
  }

  private outcomeOf(request: TaskRequest): MockOutcome {
    const called = calledFunction(request);
    const key = this.keyFor(request.resource, called);
    const outcomes = key === undefined ? undefined : this.mocks.get(key);
    if (key === undefined || outcomes === undefined) throw unanswered(request, called);
    const call = this.calls.get(key) ?? 0;
    this.calls.set(key, call + 1);
    return outcomes[Math.min(call, outcomes.length - 1)] as MockOutcome;
  }

  private keyFor(resource: string, called: FunctionName | undefined): string | undefined {
    const byFunction = called && this.functions.find(({ named }) => namesFunction(named, called))?.key;
    return byFunction ?? (this.mocks.has(resource) ? resource : undefined);
  }
}

function calledFunction({ resource, input }: TaskRequest): FunctionName | undefined {
  if (!INVOKE.test(resource)) return parseFunctionName(resource);
  if (!isObject(input) || typeof input['FunctionName'] !== 'string') return undefined;
  const named = parseFunctionName(input['FunctionName']);
  const qualifier = input['Qualifier'];
  return named && typeof qualifier === 'string' ? { ...named, qualifier } : named;
}

/** States.Runtime, since nothing retries or catches it: an interpretation must not go on from an answer nobody gave. */
function unanswered({ resource, stateName }: TaskRequest, called: FunctionName | undefined): AslError {
  const which = called === undefined || called.name === resource ? '' : ` for the function ${JSON.stringify(called.name)}`;
  return new AslError(StatesError.Runtime, `No mock answers the call of the state '${stateName}' to ${resource}${which}.`);
}
