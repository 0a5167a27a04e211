import { FUNCTION } from '../../../../template/function-target';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { roleOf } from '../../../../template/role-statements';
import { itemsOf, MapValue, Unknown, type Value } from '../../../../template/value';
import { type Placement, placement } from './placement';
import { tasksOf } from './tasks';
import type { Workload } from './workload';

const NOT_PLACED: Placement = { subnets: undefined, groups: undefined, vpc: undefined };

/** Functions, tasks of ECS and agent runtimes. */
export const workloadsOf = perGraph((graph: ResourceGraph): readonly Workload[] => [
  ...graph.ofType(FUNCTION).map(functionWorkload),
  ...tasksOf(graph),
  ...graph.ofType('AWS::BedrockAgentCore::Runtime').map(agentRuntime),
]);

export function functionWorkload(fn: Resource): Workload {
  const dualStack = fn.get('VpcConfig', 'Ipv6AllowedForDualStack') ?? false;
  return {
    resource: fn,
    kind: 'function',
    variables: entriesOf(fn.get('Environment', 'Variables')),
    placement: placementOfFunction(fn),
    role: roleOf(fn, 'Role'),
    // Its interface never has an address of IPv4's internet; what IPv6 reaches is not looked into.
    hasPublicAddress: dualStack === false ? false : undefined,
  };
}

function placementOfFunction(fn: Resource): Workload['placement'] {
  const config = fn.get('VpcConfig');
  if (config === undefined) return 'outside';
  if (!(config instanceof MapValue)) return undefined;
  const subnets = config.get('SubnetIds');
  if (subnets instanceof Unknown) return NOT_PLACED;
  return itemsOf(subnets).length === 0 ? 'outside' : placement(subnets, config.get('SecurityGroupIds'));
}

function agentRuntime(runtime: Resource): Workload {
  const mode = runtime.get('NetworkConfiguration', 'NetworkMode');
  const config = ['NetworkConfiguration', 'NetworkModeConfig'];
  const inVpc = placement(runtime.get(...config, 'Subnets'), runtime.get(...config, 'SecurityGroups'));
  return {
    resource: runtime,
    kind: 'agent runtime',
    variables: entriesOf(runtime.get('EnvironmentVariables')),
    placement: mode === 'VPC' ? inVpc : mode === 'PUBLIC' ? 'outside' : undefined,
    role: roleOf(runtime, 'RoleArn'),
    hasPublicAddress: false,
  };
}

function entriesOf(variables: Value | undefined): readonly (readonly [string, Value])[] {
  return variables instanceof MapValue ? variables.entries : [];
}
