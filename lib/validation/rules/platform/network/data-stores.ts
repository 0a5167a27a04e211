import { groupBy } from '../../../../template/group-by';
import { namedResources } from '../../../../template/named-resources';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { type Reference, referencesIn, type Value } from '../../../../template/value';
import { type Placement, placement } from './placement';

export type StoreKind = 'cache' | 'database';

/** How a store in a VPC states where it stands and at which address. */
interface StoreType {
  readonly type: string;
  readonly kind: StoreKind;
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
    kind: 'cache',
    address: /^(Reader)?Endpoint\.Address$/,
    groups: 'SecurityGroupIds',
    subnets: 'SubnetIds',
    port: (store) => (store.text('Engine') === 'memcached' ? MEMCACHED_PORT : REDIS_PORT),
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    kind: 'cache',
    address: /End[Pp]oint\.Address(es)?$/,
    groups: 'SecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
    port: (store) => store.numberOr(REDIS_PORT, 'Port'),
  },
  {
    type: 'AWS::ElastiCache::CacheCluster',
    kind: 'cache',
    address: /Endpoint\.Address$/,
    groups: 'VpcSecurityGroupIds',
    subnetGroup: 'CacheSubnetGroupName',
    port: (store) => store.numberOr(store.text('Engine') === 'memcached' ? MEMCACHED_PORT : REDIS_PORT, 'Port'),
  },
  {
    type: 'AWS::MemoryDB::Cluster',
    kind: 'cache',
    address: /^ClusterEndpoint\.Address$/,
    groups: 'SecurityGroupIds',
    subnetGroup: 'SubnetGroupName',
    port: (store) => store.numberOr(REDIS_PORT, 'Port'),
  },
  {
    type: 'AWS::RDS::DBInstance',
    kind: 'database',
    address: /^Endpoint\.Address$/,
    groups: 'VPCSecurityGroups',
    subnetGroup: 'DBSubnetGroupName',
    port: (store) => databasePort(store, 'Engine'),
  },
  {
    type: 'AWS::RDS::DBCluster',
    kind: 'database',
    address: /^(Read)?Endpoint\.Address$/,
    groups: 'VpcSecurityGroupIds',
    subnetGroup: 'DBSubnetGroupName',
    port: (store) => databasePort(store, 'Engine'),
  },
  {
    type: 'AWS::RDS::DBProxy',
    kind: 'database',
    address: /^Endpoint$/,
    groups: 'VpcSecurityGroupIds',
    subnets: 'VpcSubnetIds',
    port: (store) => databasePort(store, 'EngineFamily'),
  },
];

/** Port of an engine where none is stated. */
const DATABASE_PORTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/i, 5432],
  [/mysql|maria/i, 3306],
  [/^sqlserver/i, 1433],
  [/^oracle/i, 1521],
];

function databasePort(store: Resource, engine: string): number | undefined {
  const stated = store.get('Port');
  if (stated !== undefined) return store.number('Port');
  return DATABASE_PORTS.find(([pattern]) => pattern.test(store.text(engine) ?? ''))?.[1];
}

const byType = new Map(STORE_TYPES.map((store) => [store.type, store]));

/** Types of stores of a kind. */
export function storeTypes(kind: StoreKind): readonly string[] {
  return STORE_TYPES.filter((store) => store.kind === kind).map(({ type }) => type);
}

export function kindOfStore({ type }: Resource): StoreKind | undefined {
  return byType.get(type)?.kind;
}

/** The store whose address a value holds. */
export function storeAt(value: Value): Resource | undefined {
  return referencesIn(value).find(isAddress)?.resource;
}

function isAddress({ resource, attribute }: Reference): boolean {
  return byType.get(resource.type)?.address.test(attribute) ?? false;
}

/** Whether a store may be reached over the internet as well, so that it needs no place in a VPC. */
export function mayBePublic(graph: ResourceGraph, store: Resource): boolean {
  if (store.type === 'AWS::RDS::DBInstance') return !isPrivateInstance(store);
  if (store.type !== 'AWS::RDS::DBCluster') return (store.get('ConnectionType') ?? 'vpc') !== 'vpc';
  const instances = instancesByCluster(graph).get(store) ?? [];
  return instances.length === 0 || !instances.every(isPrivateInstance);
}

/** What it is when nothing is stated depends on the VPC. */
function isPrivateInstance(instance: Resource): boolean {
  return instance.boolean('PubliclyAccessible') === false;
}

const instancesByCluster = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> =>
    groupBy(graph.ofType('AWS::RDS::DBInstance'), (instance) => instance.referent('DBClusterIdentifier')),
);

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
    namedResources(graph, 'AWS::MemoryDB::SubnetGroup', 'SubnetGroupName').get(name) ??
    namedResources(graph, 'AWS::RDS::DBSubnetGroup', 'DBSubnetGroupName').get(name)
  );
}
