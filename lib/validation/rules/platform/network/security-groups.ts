import { groupBy } from '../../../../template/group-by';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { itemsOf, MapValue, numberOf, Reference, Unknown, type Value } from '../../../../template/value';
import { holdsBlock } from './cidr';
import type { Placement } from './placement';
import { vpcOf } from './routes';

/** Whether security groups let a connection through: `unknown` as soon as anything that could is not known. */
export type Passage = 'open' | 'no-ingress' | 'no-egress' | 'unknown';

export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

type Answer = 'yes' | 'no' | 'unknown';
type Direction = 'ingress' | 'egress';

interface DirectionKeys {
  readonly inline: string;
  readonly type: string;
  readonly group: string;
  readonly prefixList: string;
}

const KEYS: Readonly<Record<Direction, DirectionKeys>> = {
  ingress: {
    inline: 'SecurityGroupIngress',
    type: 'AWS::EC2::SecurityGroupIngress',
    group: 'SourceSecurityGroupId',
    prefixList: 'SourcePrefixListId',
  },
  egress: {
    inline: 'SecurityGroupEgress',
    type: 'AWS::EC2::SecurityGroupEgress',
    group: 'DestinationSecurityGroupId',
    prefixList: 'DestinationPrefixListId',
  },
};

/** Follows a TCP connection from a client's security groups to those of a server. */
export function passage(graph: ResourceGraph, client: Placement, server: Placement, port: number): Passage {
  const leaves = anyOf(client.groups, (group) => permits(graph, 'egress', group, server, port));
  if (leaves === 'no') return 'no-egress';
  const enters = anyOf(server.groups, (group) => permits(graph, 'ingress', group, client, port));
  if (enters === 'no') return 'no-ingress';
  return leaves === 'yes' && enters === 'yes' ? 'open' : 'unknown';
}

function anyOf<T>(items: readonly T[] | undefined, ask: (item: T) => Answer): Answer {
  if (items === undefined || items.length === 0) return 'unknown';
  const answers = items.map(ask);
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function permits(graph: ResourceGraph, direction: Direction, group: Resource, peer: Placement, port: number): Answer {
  const rules = rulesByGroup(graph, direction).get(group);
  if (rules === undefined) return 'unknown';
  if (rules === 'all') return 'yes';
  // Rules for other groups are many where many connect, and none of them admits this one.
  const relevant = peer.groups === undefined ? rules.of : peer.groups.flatMap((one) => rules.byPeer.get(one) ?? []);
  const asked = [...rules.others, ...relevant];
  return asked.length === 0 ? 'no' : anyOf(asked, (rule) => admits(rule, KEYS[direction], peer, port));
}

function admits(rule: GroupRule, keys: DirectionKeys, peer: Placement, port: number): Answer {
  const ports = coversPort(rule, port);
  if (ports === 'no') return 'no';
  const peers = coversPeer(rule, keys, peer);
  if (peers === 'no') return 'no';
  return ports === 'yes' && peers === 'yes' ? 'yes' : 'unknown';
}

function coversPort(rule: GroupRule, port: number): Answer {
  const protocol = rule.get('IpProtocol');
  if (protocol instanceof Unknown) return 'unknown';
  if (String(protocol) === '-1') return 'yes';
  if (!['tcp', '6'].includes(String(protocol).toLowerCase())) return 'no';
  const bounds = [rule.get('FromPort'), rule.get('ToPort')];
  // The port of the very thing that is reached, by reference.
  if (bounds.some((bound) => bound instanceof Reference && bound.attribute.endsWith('Port'))) return 'yes';
  const [from, to] = bounds.map(numberOf);
  if (from === undefined || to === undefined) return bounds.every((bound) => bound === undefined) ? 'yes' : 'unknown';
  return from <= port && port <= to ? 'yes' : 'no';
}

function coversPeer(rule: GroupRule, keys: DirectionKeys, peer: Placement): Answer {
  const group = rule.get(keys.group);
  if (group !== undefined) return coversGroup(group, peer);
  if (rule.get(keys.prefixList) !== undefined || rule.get('SourceSecurityGroupName') !== undefined) return 'unknown';
  const cidr = rule.get('CidrIp');
  if (cidr === undefined) return rule.get('CidrIpv6') === undefined ? 'no' : 'unknown';
  return coversAddress(cidr, peer);
}

function coversGroup(group: Value, peer: Placement): Answer {
  if (!(group instanceof Reference) || group.resource.type !== SECURITY_GROUP || peer.groups === undefined) return 'unknown';
  return peer.groups.includes(group.resource) ? 'yes' : 'no';
}

function coversAddress(cidr: Value, { subnets = [] }: Placement): Answer {
  if (cidr === '0.0.0.0/0') return 'yes';
  if (cidr instanceof Reference) {
    if (cidr.resource.type === 'AWS::EC2::VPC') return subnets.some((subnet) => vpcOf(subnet) === cidr.resource) ? 'yes' : 'unknown';
    return subnets.includes(cidr.resource) ? 'yes' : 'unknown';
  }
  if (typeof cidr !== 'string') return 'unknown';
  return anyOf(subnets, (subnet) => {
    const block = subnet.text('CidrBlock');
    const held = block === undefined ? undefined : holdsBlock(cidr, block);
    if (held === undefined) return 'unknown';
    // A rule for part of the subnet may be for the addresses that matter.
    return held ? 'yes' : partly(cidr, block!);
  });
}

function partly(cidr: string, block: string): Answer {
  return holdsBlock(block, cidr) ? 'unknown' : 'no';
}

type GroupRule = Pick<MapValue, 'get'>;

/** Rules of a security group by the security group that they are for. */
interface GroupRules {
  readonly of: readonly GroupRule[];
  readonly byPeer: ReadonlyMap<Resource, readonly GroupRule[]>;
  /** Those for addresses, prefix lists, and groups that are not in the templates. */
  readonly others: readonly GroupRule[];
}

type RulesByGroup = ReadonlyMap<Resource, GroupRules | 'all'>;

function rulesByGroup(graph: ResourceGraph, direction: Direction): RulesByGroup {
  return direction === 'ingress' ? ingressRules(graph) : egressRules(graph);
}

const ingressRules = perGraph((graph) => collected(graph, KEYS.ingress));
const egressRules = perGraph((graph) => collected(graph, KEYS.egress));

/** Groups whose rules are not known are left out; one without egress rules of its own lets everything out. */
function collected(graph: ResourceGraph, keys: DirectionKeys): RulesByGroup {
  const separate = groupBy(graph.ofType(keys.type), (rule) => rule.referent('GroupId'));
  return new Map(
    graph.ofType(SECURITY_GROUP).flatMap((group): [Resource, GroupRules | 'all'][] => {
      const inline = group.get(keys.inline);
      if (inline instanceof Unknown) return [];
      if (inline === undefined && keys === KEYS.egress) return [[group, 'all']];
      const stated = itemsOf(inline).filter((rule) => rule instanceof MapValue);
      return [[group, sorted([...stated, ...(separate.get(group) ?? [])], keys)]];
    }),
  );
}

function sorted(rules: readonly GroupRule[], keys: DirectionKeys): GroupRules {
  const byPeer = groupBy(rules, (rule) => groupIn(rule, keys));
  return { of: rules, byPeer, others: rules.filter((rule) => groupIn(rule, keys) === undefined) };
}

function groupIn(rule: GroupRule, keys: DirectionKeys): Resource | undefined {
  const group = rule.get(keys.group);
  return group instanceof Reference && group.resource.type === SECURITY_GROUP ? group.resource : undefined;
}
