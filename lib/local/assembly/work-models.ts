import { functionArn } from './identity-compute';
import type { ResolvedStack } from './resolved-stack';

/** What feeds a function from a queue or a stream. */
export interface EventSourceModel {
  readonly logicalId: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly enabled: boolean;
  readonly reportsBatchItemFailures: boolean;
  readonly maximumConcurrency?: number;
  /** Patterns, of which a record must fit one; none lets every record pass. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
}

/** An ECS service of the template. */
export interface ContainerServiceModel {
  readonly logicalId: string;
  readonly path: string;
  readonly cluster: string;
  readonly service: string;
  readonly desiredCount: number;
  readonly taskDefinitionArn: string;
}

export function eventSources(stack: ResolvedStack): EventSourceModel[] {
  return stack.resourcesOf('AWS::Lambda::EventSourceMapping').map(({ logicalId }) => {
    const functionName = stack.text(logicalId, 'FunctionName');
    const filters = stack.property(logicalId, 'FilterCriteria') as { Filters?: { Pattern: string }[] } | undefined;
    const scaling = stack.property(logicalId, 'ScalingConfig') as { MaximumConcurrency?: number } | undefined;
    const types = (stack.property(logicalId, 'FunctionResponseTypes') ?? []) as string[];
    return {
      logicalId,
      functionArn: functionArn(functionName),
      sourceArn: stack.text(logicalId, 'EventSourceArn'),
      batchSize: stack.number(logicalId, 'BatchSize', 10),
      windowSeconds: stack.number(logicalId, 'MaximumBatchingWindowInSeconds', 0),
      enabled: stack.property(logicalId, 'Enabled') !== false,
      reportsBatchItemFailures: types.includes('ReportBatchItemFailures'),
      ...(scaling?.MaximumConcurrency !== undefined && { maximumConcurrency: Number(scaling.MaximumConcurrency) }),
      filters: (filters?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern) as Record<string, unknown>),
    };
  });
}

export function containerServices(stack: ResolvedStack): ContainerServiceModel[] {
  return stack.resourcesOf('AWS::ECS::Service').map(({ logicalId, path }) => ({
    logicalId,
    path,
    cluster: String(stack.property(logicalId, 'Cluster') ?? 'default').replace(/^.*\//, ''),
    service: stack.identity(logicalId).name,
    desiredCount: stack.number(logicalId, 'DesiredCount', 1),
    taskDefinitionArn: stack.text(logicalId, 'TaskDefinition'),
  }));
}
