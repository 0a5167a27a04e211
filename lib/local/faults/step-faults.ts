import { AslError } from '../asl/asl-error';
import type { TaskHandler, TaskRequest } from '../asl/task';
import type { Clock } from '../clock';
import type { InvocationRecord } from '../lambda/invocation-log';
import type { ArmedFaults } from './armed-faults';
import type { Fault } from './fault';

/** What step faults need of the functions that do the steps. */
export interface StepFunctions {
  /** Newest invocations of a function, by its name, alias or ARN; none for a function that is not there. */
  invocationsOf(functionName: string): readonly InvocationRecord[];
  onInvocation(listener: (record: InvocationRecord) => void): () => void;
  kill(environmentId: string): void;
}

export interface StepFaultsOptions {
  readonly armed: ArmedFaults;
  readonly clock: Clock;
  readonly functions: () => StepFunctions;
}

/** Makes the tasks of state machines fail where a fault waits for them. */
export function stepFaults({ armed, clock, functions }: StepFaultsOptions, tasks: TaskHandler): TaskHandler {
  return async (request) => {
    const functionName = functionOf(request);
    const at = (when: 'before' | 'after') => armed.at({ type: 'step', when, step: request.stateName, functionName });
    const before = at('before');
    const settle = before.some(({ kind }) => kind === 'kill') ? killOnArrival(functions(), request, functionName) : () => undefined;
    try {
      for (const fault of before) await strike(fault, request, clock);
      const result = await tasks(request);
      for (const fault of at('after')) {
        if (fault.kind === 'kill') killServant(functions(), request, functionName, result);
        await strike(fault, request, clock);
      }
      return result;
    } finally {
      settle();
    }
  };
}

function functionOf({ resource, input }: TaskRequest): string | undefined {
  const named = resource.includes(':lambda:invoke') ? (input as { FunctionName?: unknown }).FunctionName : resource;
  return typeof named === 'string' ? /(?:^|:function:)([^:]+)(?::[^:]+)?$/.exec(named)?.[1] : undefined;
}

async function strike(fault: Fault, { signal, stateName }: TaskRequest, clock: Clock): Promise<void> {
  const why = fault.message ?? 'injected by a test';
  if (fault.kind === 'delay') await clock.sleep(fault.delayMs ?? 0, signal);
  if (fault.kind === 'throttle') throw new AslError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
  if (fault.kind === 'error') throw new AslError(fault.error ?? '', why);
  if (fault.kind === 'lose-response') throw new AslError('Lambda.Unknown', `the answer to ${stateName} was lost: ${why}`);
}

/** Kills the environment as soon as it has been given the event of this task. */
function killOnArrival(functions: StepFunctions, request: TaskRequest, functionName: string | undefined): () => void {
  if (functionName === undefined) throw cannotKill(request);
  const event = JSON.stringify((request.input as { Payload?: unknown }).Payload ?? request.input);
  const stop = functions.onInvocation((record) => {
    if (record.functionName !== functionName || JSON.stringify(record.event) !== event) return;
    stop();
    functions.kill(record.environmentId);
  });
  return stop;
}

/** Kills the environment that has done the task, whose answer then nobody has seen. */
function killServant(functions: StepFunctions, request: TaskRequest, functionName: string | undefined, result: unknown): never {
  const requestId = (result as { SdkResponseMetadata?: { RequestId?: string } } | undefined)?.SdkResponseMetadata?.RequestId;
  const records = functionName === undefined ? [] : functions.invocationsOf(functionName);
  const record = records.find((one) => one.requestId === requestId) ?? records.at(-1);
  if (record === undefined) throw cannotKill(request);
  functions.kill(record.environmentId);
  throw new AslError('Runtime.ExitError', `RequestId: ${record.requestId} Error: Runtime exited with error: signal: killed`);
}

function cannotKill({ stateName, resource }: TaskRequest): AslError {
  return new AslError('LocalRun.NoEnvironment', `a kill at step ${stateName} needs a function that does it, but it calls ${resource}`);
}
