import { orAborted } from '../../asl/abort';
import { AslError } from '../../asl/asl-error';
import { StatesError } from '../../asl/state-error';
import { pascalName, renamed, sorted, withTimes } from '../../calls/names';
import { isObject, type JsonObject } from '../../calls/wire';
import { optimisedError } from './error-names';
import { apart, type Integration, type TaskCall, withMetadata } from './task-call';

const NAMES = { prefix: 'ECS', base: 'AmazonECSException', service: 'AmazonECS', model: 'ecs' };

/** Containers that were started, as far as somebody waits for their end. */
export interface RunningTasks {
  /** Resolves when the task has stopped; undefined for one that never runs here. */
  stopped(taskArn: string): Promise<unknown> | undefined;
}

/**
 * `ecs:runTask`, and with `.sync` the wait for the task, which is stopped when nobody waits any more. A container that ends with another code than
 * 0 fails the task, with the description of the ECS task as its cause.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function runTask(tasks: RunningTasks): Integration {
  return async (call) => {
    const { parameters, pattern, request } = call;
    const started = await ask(pattern === '.sync' ? apart(call) : call, 'RunTask', { ...parameters, StartedBy: 'AWS Step Functions' });
    const answer = withMetadata(described(started.value), started);
    const failures = answer['Failures'];
    const [task] = (answer['Tasks'] ?? []) as readonly JsonObject[];
    if (task === undefined) throw new AslError('ECS.AmazonECSException', JSON.stringify({ Failures: failures ?? [] }));
    if (pattern !== '.sync') return answer;
    request.submitted?.(answer);
    const taskArn = String(task['TaskArn']);
    await stoppedOrGivenUp(call, taskArn, tasks.stopped(taskArn));
    const { value } = await ask(call, 'DescribeTasks', { Cluster: parameters['Cluster'], Tasks: [taskArn] });
    const [description = {}] = (described(value)['Tasks'] ?? []) as readonly JsonObject[];
    if (!succeeded(description)) throw new AslError(StatesError.TaskFailed, JSON.stringify(description));
    return description;
  };
}

function succeeded({ Containers }: JsonObject): boolean {
  const containers = (Array.isArray(Containers) ? Containers : []) as readonly unknown[];
  return containers.every((container) => isObject(container) && container['ExitCode'] === 0);
}

async function stoppedOrGivenUp(call: TaskCall, taskArn: string, stopped: Promise<unknown> | undefined): Promise<void> {
  const { signal, executionArn } = call.request;
  try {
    if (stopped !== undefined) await orAborted(stopped, signal);
  } catch (error) {
    const Reason = `The Task state in AWS Step Functions execution [${executionArn}] which was managing this resource was aborted`;
    if (signal.aborted)
      await ask(apart(call), 'StopTask', { Cluster: call.parameters['Cluster'], Task: taskArn, Reason }).catch(() => undefined);
    throw error;
  }
}

function ask({ calls, context }: TaskCall, operation: string, parameters: JsonObject) {
  return calls.call('ecs', operation, parameters, context).catch((error: unknown) => {
    throw optimisedError(NAMES, error);
  });
}

function described(value: JsonObject): JsonObject {
  const timed = withTimes(value, (milliseconds) => milliseconds);
  return sorted(renamed(timed, pascalName, {})) as JsonObject;
}
