import { stateMachines } from '../assembly/state-machines';
import type { Deployment } from '../deployment';
import type { EnvironmentInfo } from '../lambda/function-pool';
import type { ExecutionRecord } from '../stepfunctions/execution-record';
import { endpointsOf } from './endpoints';
import { queueCounts } from './queue-counts';

/** Executions told of each workflow; a page of thousands helps nobody. */
const NEWEST = 100;

export interface ExecutionLine {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly redriveCount: number;
}

export function executionLine({ executionArn, name, execution, startDate, stopDate, redriveCount }: ExecutionRecord): ExecutionLine {
  return {
    arn: executionArn,
    name,
    status: execution.status,
    startedAt: startDate.getTime(),
    ...(stopDate !== undefined && { endedAt: stopDate.getTime() }),
    redriveCount,
  };
}

/** Everything that the page shows beside the one execution that is open. */
export async function overview(deployment: Deployment, notices: readonly string[]): Promise<object> {
  const workflows = deployment.all(stateMachines).map((machine) => {
    const records = deployment.executions.list(machine.arn);
    return {
      arn: machine.aliasArns[0] ?? machine.arn,
      name: shortPath(machine.path),
      count: records.length,
      executions: records.slice(0, NEWEST).map(executionLine),
    };
  });
  const paths = functionPaths(deployment);
  const functions = deployment.specs.map((spec) => ({
    name: spec.name,
    path: shortPath(paths.get(spec.name) ?? spec.logicalId),
    coldStarts: deployment.lambda.coldStarts(spec.name),
    invocations: deployment.lambda.invocations(spec.name),
    environments: deployment.lambda
      .environments(spec.name)
      .map(({ id, pid, state, version }: EnvironmentInfo) => ({ id, pid, state, version })),
  }));
  return {
    now: deployment.clock.now(),
    workflows,
    functions,
    queues: await queueCounts(deployment),
    endpoints: endpointsOf(deployment),
    notices,
    modelNotice: deployment.modelNotice,
  };
}

function functionPaths({ stacks }: Deployment): ReadonlyMap<string, string> {
  const named = (stack: Deployment['stacks'][number]) =>
    stack.resourcesOf('AWS::Lambda::Function').map(({ logicalId, path }) => [stack.identity(logicalId).name, path] as const);
  return new Map(stacks.flatMap(named));
}

/** The construct that a user wrote, without what it calls its own parts. */
export function shortPath(path: string): string {
  return path.replace(/\/(Resource|Default)$/, '').replace(/\/(Machine|Function|Handler)$/, '');
}
