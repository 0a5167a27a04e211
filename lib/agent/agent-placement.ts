import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IPrivateNetwork } from '../network/private-network-interface';
import type { AiAgentFunctionProps } from './ai-agent-function-props';

/** Where the function runs, when it runs in a VPC. */
export interface AgentPlacement {
  readonly vpc: ec2.IVpc;
  readonly subnets?: ec2.SubnetSelection;
  readonly network?: IPrivateNetwork;
  /** False when no subnet of the function has a route to the internet. */
  readonly hasInternetEgress: boolean;
}

/** A stated network or VPC, else the one that the memory demands, else none. */
export function placementOf(props: AiAgentFunctionProps): AgentPlacement | undefined {
  const stated = props.network ?? props.vpc;
  const network = props.network ?? (props.vpc ? networkAround(props.vpc) : undefined) ?? (stated ? undefined : props.memory?.network);
  const vpc = props.network?.vpc ?? props.vpc ?? network?.vpc ?? props.memory?.vpc;
  if (!vpc) return undefined;
  const subnets = props.vpcSubnets ?? network?.subnets;
  return { vpc, subnets, network, hasInternetEgress: reachesInternet(vpc, subnets) };
}

/** `vpc: network.vpc` means the network: without it the endpoints that the models need would be missing. */
function networkAround(vpc: ec2.IVpc): IPrivateNetwork | undefined {
  const scope = vpc.node.scope as Partial<IPrivateNetwork> | undefined;
  return scope?.vpc === vpc && typeof scope.requireEndpoint === 'function' ? (scope as IPrivateNetwork) : undefined;
}

function reachesInternet(vpc: ec2.IVpc, subnets?: ec2.SubnetSelection): boolean {
  const selected = vpc.selectSubnets(subnets);
  if (selected.isPendingLookup) return true;
  const isolated = new Set(vpc.isolatedSubnets);
  return !selected.subnets.every((subnet) => isolated.has(subnet));
}
