import { namedResources } from '../../../../template/named-resources';
import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import { type Reference, referencesIn, type Value } from '../../../../template/value';
import { type Placement, placement } from './placement';

/** How a store in a VPC states where it stands and at which address. */
interface StoreType {
  readonly type: string;
  /** Attributes that are its address. */
  readonly address: RegExp;
  readonly groups: string;
  readonly subnets?: string;
  /** Property that names a subnet group resource, whose `SubnetIds` they are. */
  readonly subnetGroup?: string;
  readonly port: (store: Resource) => number | undefined;
}

const REDIS_PORT = 6379;
const MEMCACHED_PORT = 11_211;

const STORE_TYPES: readonly StoreType[] = [
  {
    type: 'AWS::ElastiCache::ServerlessCache',
    address: /^(Reader)?Endpoint\.Address$/,
    groups: 'SecurityGroupIds',
    subnets: 'SubnetIds',
    port: (store) => (store.text('Engine') === 'memcached' ? MEMCACHED_PORT : REDIS_PORT),
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    address: /End[Pp]oint\.Address(es)?$/,
    groups: 'SecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
    port: (store) => store.numberOr(REDIS_PORT, 'Port'),
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    address: /Endpoint\.Address$/,
    groups: 'VpcSecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
    port: (store) => store.numberOr(store.text('Engine') === 'memcached' ? MEMCACHED_PORT : REDIS_PORT, 'Port'),
  },
  {
    type: 'AWS::MemoryDB::Cluster',
    address: /^ClusterEndpoint\.Address$/,
    groups: 'SecurityGroupIds',
    subnetGroup: 'SubnetGroupName',
    port: (store) => store.numberOr(REDIS_PORT, 'Port'),
  },
];

const byType = new Map(STORE_TYPES.map((store) => [store.type, store]));

export const STORES: readonly string[] = STORE_TYPES.map(({ type }) => type);

/** The store whose address a value holds. */
export function storeAt(value: Value): Resource | undefined {
  return referencesIn(value).find(isAddress)?.resource;
}

function isAddress({ resource, attribute }: Reference): boolean {
  return byType.get(resource.type)?.address.test(attribute) ?? false;
}

/** A serverless cache that is reached over the internet has no place in a VPC. */
export function isPublicStore(store: Resource): boolean {
  const connection = store.get('ConnectionType');
  return connection !== undefined && connection !== 'vpc';
}

export function portOfStore(store: Resource): number | undefined {
  return byType.get(store.type)?.port(store);
}

export function placementOfStore(graph: ResourceGraph, store: Resource): Placement {
  const type = byType.get(store.type);
  if (type === undefined) return placement(undefined, undefined);
  return placement(subnetsOf(graph, type, store), store.get(type.groups));
}

function subnetsOf(graph: ResourceGraph, { subnets, subnetGroup }: StoreType, store: Resource): Value | undefined {
  if (subnets !== undefined) return store.get(subnets);
  if (subnetGroup === undefined) return undefined;
  const group = store.referent(subnetGroup) ?? groupNamed(graph, store.text(subnetGroup));
  return group?.get('SubnetIds');
}

/** Subnet groups are often given as the name that they were given. */
function groupNamed(graph: ResourceGraph, name: string | undefined): Resource | undefined {
  if (name === undefined) return undefined;
  return (
    namedResources(graph, 'AWS::ElastiCache::SubnetGroup', 'CacheSubnetGroupName').get(name) ??
    namedResources(graph, 'AWS::MemoryDB::SubnetGroup', 'SubnetGroupName').get(name)
  );
}
