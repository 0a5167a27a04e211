import { orAborted } from '../../asl/abort';
import { AslError } from '../../asl/asl-error';
import { StatesError } from '../../asl/state-error';
import { pascalName, renamed, sorted, withTimes } from '../../calls/names';
import { asText, type JsonObject } from '../../calls/wire';
import { optimisedError } from './error-names';
import { apart, type Integration, type TaskCall, withMetadata } from './task-call';

const NAMES = { prefix: 'StepFunctions', base: 'AWSStepFunctionsException', service: 'AWSStepFunctions', model: 'sfn' };
const PAYLOADS = ['Input', 'Output'];

/** How the end of an execution is noticed without asking for it again and again. */
export interface RunningExecutions {
  /** Resolves when the execution closes; undefined for one that cannot be waited for. */
  closed(executionArn: string): Promise<unknown> | undefined;
}

/**
 * `states:startExecution`, and with `.sync` the wait for what was started, which is stopped when nobody waits any more.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function startExecution(executions: () => RunningExecutions): Integration {
  return async (call) => {
    const { parameters, pattern, request } = call;
    const { Input } = parameters;
    const waits = pattern === '.sync' || pattern === '.sync:2';
    const started = await ask(waits ? apart(call) : call, 'StartExecution', {
      ...parameters,
      Input: Input === undefined ? '{}' : asText(Input),
    });
    const answer = withMetadata(described(started.value), started);
    if (!waits) return answer;
    request.submitted?.(answer);
    const executionArn = String(started.value['executionArn']);
    await closedOrStopped(call, executionArn, executions().closed(executionArn));
    const { value } = await ask(call, 'DescribeExecution', { ExecutionArn: executionArn });
    const description = pattern === '.sync' ? described(value) : withPayloads(described(value));
    if (description['Status'] !== 'SUCCEEDED') throw new AslError(StatesError.TaskFailed, JSON.stringify(description));
    return description;
  };
}

async function closedOrStopped(call: TaskCall, executionArn: string, closed: Promise<unknown> | undefined): Promise<void> {
  const { signal } = call.request;
  try {
    if (closed !== undefined) await orAborted(closed, signal);
  } catch (error) {
    if (signal.aborted) await stop(call, executionArn);
    throw error;
  }
}

/** Best effort, as on AWS: a role that may not stop the child leaves it running. */
async function stop(call: TaskCall, executionArn: string): Promise<void> {
  const Cause = `The Task state in AWS Step Functions execution [${call.request.executionArn}] which was managing this resource was aborted`;
  await ask(apart(call), 'StopExecution', { ExecutionArn: executionArn, Cause }).catch(() => undefined);
}

function ask({ calls, context }: TaskCall, operation: string, parameters: JsonObject) {
  return calls.call('sfn', operation, parameters, context).catch((error: unknown) => {
    throw optimisedError(NAMES, error);
  });
}

/** Points in time are milliseconds here, unlike in SDK integrations. */
function described(value: JsonObject): JsonObject {
  const timed = withTimes(value, (milliseconds) => milliseconds);
  return sorted(renamed(timed, pascalName, {})) as JsonObject;
}

function withPayloads(description: JsonObject): JsonObject {
  const entries = Object.entries(description);
  return Object.fromEntries(entries.map(([name, value]) => [name, PAYLOADS.includes(name) ? JSON.parse(String(value)) : value]));
}
