import { FUNCTION, functionTarget } from '../../../../template/function-target';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { type PolicyStatement, roleOf, statementsOf } from '../../../../template/role-statements';
import { type Reference, referencesIn, type Value } from '../../../../template/value';
import { serviceOf } from '../iam/aws-services';

/** Services by endpoint name, each with the action that a role allows. */
export type CalledServices = ReadonlyMap<string, string>;

/** Actions with which Lambda itself polls a source on the function's behalf, from outside the VPC. */
const POLLING = [
  /^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)$/i,
  /^kinesis:(GetRecords|GetShardIterator|DescribeStream|DescribeStreamSummary|DescribeStreamConsumer|ListShards|ListStreams|SubscribeToShard)$/i,
  /^dynamodb:(GetRecords|GetShardIterator|DescribeStream|ListStreams|ListShards)$/i,
];

/** Services that a function's code calls, told from what its role allows. */
export function servicesOfFunction(graph: ResourceGraph, fn: Resource): CalledServices {
  const role = roleOf(fn, 'Role');
  const handled = handledByLambda(graph).get(fn);
  return role === undefined ? new Map() : calledServices(statementsOf(graph, role), handled);
}

export function servicesOfRole(graph: ResourceGraph, role: Resource | undefined): CalledServices {
  return role === undefined ? new Map() : calledServices(statementsOf(graph, role), undefined);
}

function calledServices(statements: readonly PolicyStatement[], handled: Handled | undefined): CalledServices {
  const called = new Map<string, string>();
  for (const { effect, actions, resources } of statements) {
    if (effect === 'Deny' || (handled !== undefined && isFor(handled.destinations, resources))) continue;
    const polled = handled !== undefined && isFor(handled.sources, resources);
    for (const action of actions) {
      if (polled && POLLING.some((pattern) => pattern.test(action))) continue;
      const service = serviceOf(action);
      if (service !== undefined && !called.has(service.endpoint)) called.set(service.endpoint, action);
    }
  }
  return called;
}

/** What Lambda reaches for a function without the function's network. */
interface Handled {
  /** Queues and streams that it polls. */
  readonly sources: Set<Resource>;
  /** Where it puts events that failed, or that were done. */
  readonly destinations: Set<Resource>;
}

/** Whether a statement is for nothing but these resources; listing streams is granted on all. */
function isFor(handled: ReadonlySet<Resource>, resources: readonly Value[]): boolean {
  if (handled.size === 0 || resources.length === 0) return false;
  return resources.every((value) => value === '*' || isOnlyOf(handled, referencesIn(value)));
}

function isOnlyOf(handled: ReadonlySet<Resource>, references: readonly Reference[]): boolean {
  return references.length > 0 && references.every(({ resource }) => handled.has(resource));
}

const handledByLambda = perGraph((graph): ReadonlyMap<Resource, Handled> => {
  const handled = new Map<Resource, Handled>();
  const of = (fn: Resource): Handled => {
    const kept = handled.get(fn) ?? { sources: new Set(), destinations: new Set() };
    handled.set(fn, kept);
    return kept;
  };
  for (const fn of graph.ofType(FUNCTION)) for (const queue of fn.references('DeadLetterConfig')) of(fn).destinations.add(queue);
  for (const config of graph.ofType('AWS::Lambda::EventInvokeConfig')) {
    const fn = functionTarget(graph, config.get('FunctionName'))?.fn;
    if (fn !== undefined) for (const destination of config.references('DestinationConfig')) of(fn).destinations.add(destination);
  }
  for (const mapping of graph.ofType('AWS::Lambda::EventSourceMapping')) {
    const fn = functionTarget(graph, mapping.get('FunctionName'))?.fn;
    if (fn === undefined) continue;
    for (const source of mapping.references('EventSourceArn')) of(fn).sources.add(source);
    for (const destination of mapping.references('DestinationConfig')) of(fn).destinations.add(destination);
  }
  return handled;
});
