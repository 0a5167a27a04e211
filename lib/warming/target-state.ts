import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnAlias, CfnFunction, type IAlias } from 'aws-cdk-lib/aws-lambda';

/** What the app itself says of an alias and its function; all unknown for an alias of another app. */
export interface TargetState {
  readonly durable: boolean;
  readonly snapStart: boolean;
  readonly weighted: boolean;
  /** Environments that provisioned concurrency always keeps. */
  readonly provisioned: number;
  readonly reserved?: number;
}

export function stateOf(alias: IAlias): TargetState {
  const cfnAlias = alias.node.findAll().find(CfnAlias.isCfnAlias);
  const cfnFunction = alias.version.lambda.node.defaultChild;
  const fn = CfnFunction.isCfnFunction(cfnFunction) ? cfnFunction : undefined;
  return {
    durable: fn?.durableConfig !== undefined,
    snapStart: fn?.snapStart !== undefined,
    weighted: cfnAlias?.routingConfig !== undefined,
    provisioned: Math.max(fixedConcurrency(cfnAlias), scaledConcurrency(alias)),
    reserved: fn?.reservedConcurrentExecutions,
  };
}

function fixedConcurrency(alias: CfnAlias | undefined): number {
  const config = alias?.provisionedConcurrencyConfig;
  return config !== undefined && 'provisionedConcurrentExecutions' in config ? config.provisionedConcurrentExecutions : 0;
}

function scaledConcurrency(alias: IAlias): number {
  const target = alias.node.findAll().find(CfnScalableTarget.isCfnScalableTarget);
  return target?.minCapacity ?? 0;
}
