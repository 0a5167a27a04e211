import type { FunctionSpec } from '../lambda/function-spec';
import { functionArn } from './identity-compute';
import type { ResolvedStack } from './resolved-stack';

type Versions = Required<Pick<FunctionSpec, 'aliases' | 'versions' | 'weights' | 'provisioned'>>;

/** The versions and aliases of a function, with the shares of their calls and the environments that are initialised ahead. */
export function versionsOf(stack: ResolvedStack, name: string, arn: string): Versions {
  const own = (type: string) =>
    stack.resourcesOf(type).filter(({ logicalId }) => functionArn(stack.text(logicalId, 'FunctionName')) === arn);
  const aliases = own('AWS::Lambda::Alias').map(({ logicalId }) => ({ logicalId, alias: stack.text(logicalId, 'Name') }));
  const versions = own('AWS::Lambda::Version').map(({ logicalId }) => ({ logicalId, version: stack.identity(logicalId).name }));
  const provisioned = [
    ...aliases.map(({ logicalId, alias }) => [alias, configuredAhead(stack, logicalId)] as const),
    ...versions.map(({ logicalId, version }) => [version, configuredAhead(stack, logicalId)] as const),
    ...scaledAhead(stack, name),
  ];
  return {
    aliases: Object.fromEntries(aliases.map(({ logicalId, alias }) => [alias, stack.text(logicalId, 'FunctionVersion')])),
    versions: versions.map(({ version }) => version),
    weights: Object.fromEntries(
      aliases
        .map(({ logicalId, alias }) => [alias, weightsOf(stack, logicalId)] as const)
        .filter(([, weights]) => Object.keys(weights).length > 0),
    ),
    provisioned: Object.fromEntries(provisioned.filter(([, count]) => count > 0)),
  };
}

function configuredAhead(stack: ResolvedStack, logicalId: string): number {
  const config = stack.property(logicalId, 'ProvisionedConcurrencyConfig') as { ProvisionedConcurrentExecutions?: unknown } | undefined;
  return Number(config?.ProvisionedConcurrentExecutions ?? 0);
}

/** Application Auto Scaling provisions its least capacity when it takes an alias over. */
function scaledAhead(stack: ResolvedStack, name: string): (readonly [string, number])[] {
  return stack.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget').flatMap(({ logicalId }) => {
    const [service, functionName, alias] = stack.text(logicalId, 'ResourceId').split(':');
    if (service !== 'function' || functionName !== name || alias === undefined) return [];
    return [[alias, stack.number(logicalId, 'MinCapacity', 0)] as const];
  });
}

function weightsOf(stack: ResolvedStack, logicalId: string): Record<string, number> {
  const config = stack.property(logicalId, 'RoutingConfig') as
    | { AdditionalVersionWeights?: { FunctionVersion: unknown; FunctionWeight: unknown }[] }
    | undefined;
  return Object.fromEntries(
    (config?.AdditionalVersionWeights ?? []).map(({ FunctionVersion, FunctionWeight }) => [
      String(FunctionVersion),
      Number(FunctionWeight),
    ]),
  );
}
