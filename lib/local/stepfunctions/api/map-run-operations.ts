import type { MapRun } from '../../asl/map-run/map-run';
import { epoch, payloads } from '../execution-description';
import type { Executions } from '../executions';
import type { FoundChild } from '../map-runs';
import type { Operations } from './operation';
import { pageOf } from './page';
import type { Parameters } from './parameters';

/** Operations on the map runs of Distributed Map states. */
export function mapRunOperations(executions: Executions): Operations {
  return {
    DescribeMapRun: (parameters) => describeMapRun(executions.mapRuns.get(parameters.arn('mapRunArn', 'mapRun'))),
    ListMapRuns: (parameters) => {
      const { executionArn } = executions.get(parameters.arn('executionArn', 'execution'));
      const { items, nextToken } = pageOf(executions.mapRuns.of(executionArn).map(summary), parameters);
      return { mapRuns: items, nextToken };
    },
  };
}

/** The answer of ListExecutions for the children of a map run that have started, newest first. */
export function childrenOf(run: MapRun, status: string | undefined, parameters: Parameters): object {
  const started = run.children.filter(({ execution }) => execution !== undefined).reverse();
  const { items, nextToken } = pageOf(
    started.filter((child) => status === undefined || child.status === status),
    parameters,
  );
  return { executions: items.map((child) => childItem({ run, child })), nextToken };
}

/** The answer of DescribeExecution for a child of a map run. */
export function describeChild(found: FoundChild, withData = true): object {
  const { child } = found;
  const { result: closed, identity } = child;
  const done = child.status === 'RUNNING' || child.status === 'SUCCEEDED';
  return {
    ...childItem(found),
    ...(withData && payloads({ input: identity.input, ...(closed !== undefined && { closed }) })),
    error: closed?.error,
    cause: withData ? closed?.cause : undefined,
    redriveStatus: done ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    ...(done && { redriveStatusReason: `Execution is ${child.status} and cannot be redriven` }),
  };
}

/** What ListExecutions tells of a child. */
function childItem({ run, child }: FoundChild): object {
  const { identity, status, startDate, stopDate, redriveCount } = child;
  return {
    executionArn: identity.arn,
    stateMachineArn: identity.stateMachineArn,
    mapRunArn: run.arn,
    itemCount: identity.items,
    name: identity.name,
    status,
    startDate: epoch(startDate),
    stopDate: epoch(stopDate),
    redriveCount,
  };
}

function summary({ arn, executionArn, stateMachineArn, startDate, stopDate }: MapRun): object {
  return { executionArn, mapRunArn: arn, stateMachineArn, startDate: epoch(startDate), stopDate: epoch(stopDate) };
}

function describeMapRun(run: MapRun): object {
  return {
    mapRunArn: run.arn,
    executionArn: run.executionArn,
    status: run.status,
    startDate: epoch(run.startDate),
    stopDate: epoch(run.stopDate),
    ...run.settings,
    itemCounts: run.itemCounts,
    executionCounts: run.executionCounts,
    redriveCount: run.redriveCount,
    redriveDate: epoch(run.redriveDate),
  };
}
