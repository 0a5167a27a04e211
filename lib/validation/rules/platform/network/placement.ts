import type { Resource } from '../../../../template/resource';
import { ListValue, Reference, type Value } from '../../../../template/value';
import { SUBNET, vpcOf } from './routes';

/** The subnets and security groups of something in a VPC; undefined where any of them is not in the templates. */
export interface Placement {
  readonly subnets: readonly Resource[] | undefined;
  readonly groups: readonly Resource[] | undefined;
  readonly vpc: Resource | undefined;
}

export function placement(subnetIds: Value | undefined, groupIds: Value | undefined): Placement {
  const subnets = resourcesOf(subnetIds, SUBNET);
  return { subnets, groups: resourcesOf(groupIds, 'AWS::EC2::SecurityGroup'), vpc: subnets?.[0] && vpcOf(subnets[0]) };
}

/** The resources that a list refers to; undefined when it holds anything else. */
function resourcesOf(list: Value | undefined, type: string): readonly Resource[] | undefined {
  if (!(list instanceof ListValue) || list.items.length === 0) return undefined;
  const found = list.items.flatMap((item) => (item instanceof Reference && item.resource.type === type ? [item.resource] : []));
  return found.length === list.items.length ? found : undefined;
}
