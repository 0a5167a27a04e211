import type { TaskRequest } from '../../asl/task';
import type { CallContext, ServiceAnswer, ServiceCalls } from '../../calls/service-calls';
import type { JsonObject } from '../../calls/wire';
import type { StateMachineModel } from '../state-machine-model';

/** How a Task state waits: for the answer, for the job that it starts, or for a token to come back. */
export type Pattern = '' | '.sync' | '.sync:2' | '.waitForTaskToken';

/** One call of a Task state, with its resource taken apart. */
export interface TaskCall {
  readonly request: TaskRequest;
  readonly machine: StateMachineModel;
  readonly calls: ServiceCalls;
  readonly context: CallContext;
  /** As the API names it: `SendMessage`. */
  readonly operation: string;
  readonly pattern: Pattern;
  readonly parameters: JsonObject;
}

export type Integration = (call: TaskCall) => Promise<unknown>;

/** What an optimised integration adds to the answer of its service. */
export function withMetadata(value: JsonObject, { answer, requestId }: Pick<ServiceAnswer, 'answer' | 'requestId'>): JsonObject {
  const headers = Object.entries(answer.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const whole: JsonObject = {
    ...value,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(headers.map(([name, text]) => [name, [text]])),
      HttpHeaders: Object.fromEntries(headers),
      HttpStatusCode: answer.status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
  return Object.fromEntries(Object.entries(whole).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/**
 * The call, carried through whatever becomes of the task: what starts a job must be heard to the end, or nobody could stop the job. Whoever does not
 * wait any more finds out afterwards.
 */
export function apart(call: TaskCall): TaskCall {
  return { ...call, context: { ...call.context, signal: new AbortController().signal } };
}
