import { FUNCTION, functionTarget } from '../../../../template/function-target';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { type PolicyStatement, statementsOf } from '../../../../template/role-statements';
import { type Reference, referencesIn, render, type Value } from '../../../../template/value';
import { serviceOf } from '../iam/aws-services';
import type { Workload } from './workload';

/** Services by endpoint name, each with the action that a role allows. */
export type CalledServices = ReadonlyMap<string, string>;

/** Actions with which Lambda itself polls a source on the function's behalf, from outside the VPC. */
const POLLING = [
  /^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)$/i,
  /^kinesis:(GetRecords|GetShardIterator|DescribeStream|DescribeStreamSummary|DescribeStreamConsumer|ListShards|ListStreams|SubscribeToShard)$/i,
  /^dynamodb:(GetRecords|GetShardIterator|DescribeStream|ListStreams|ListShards)$/i,
];

/** Services that the code calls, told from what its role allows. */
export function servicesOf(graph: ResourceGraph, { resource, kind, role }: Workload): CalledServices {
  if (role === undefined) return new Map();
  return calledServices(statementsOf(graph, role), kind === 'function' ? handledByLambda(graph).get(resource) : undefined);
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
  /** Where it puts events that failed, or that were done: resources, and ARNs of what is in no template. */
  readonly destinations: Set<Resource | string>;
}

/** Whether a statement is for nothing but these resources; listing streams is granted on all. */
function isFor(handled: ReadonlySet<Resource | string>, resources: readonly Value[]): boolean {
  if (handled.size === 0 || resources.length === 0) return false;
  return resources.every((value) => value === '*' || handled.has(render(value)) || isOnlyOf(handled, referencesIn(value)));
}

function isOnlyOf(handled: ReadonlySet<Resource | string>, references: readonly Reference[]): boolean {
  return references.length > 0 && references.every(({ resource }) => handled.has(resource));
}

const handledByLambda = perGraph((graph): ReadonlyMap<Resource, Handled> => {
  const handled = new Map<Resource, Handled>();
  const of = (fn: Resource): Handled => {
    const kept = handled.get(fn) ?? { sources: new Set(), destinations: new Set() };
    handled.set(fn, kept);
    return kept;
  };
  for (const fn of graph.ofType(FUNCTION)) addAll(of(fn).destinations, fn.get('DeadLetterConfig', 'TargetArn'));
  for (const config of graph.ofType('AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping')) {
    const fn = functionTarget(graph, config.get('FunctionName'))?.fn;
    if (fn === undefined) continue;
    for (const outcome of ['OnSuccess', 'OnFailure']) addAll(of(fn).destinations, config.get('DestinationConfig', outcome, 'Destination'));
    for (const source of config.references('EventSourceArn')) of(fn).sources.add(source);
  }
  return handled;
});

function addAll(destinations: Set<Resource | string>, destination: Value | undefined): void {
  if (destination === undefined) return;
  destinations.add(render(destination));
  for (const { resource } of referencesIn(destination)) destinations.add(resource);
}
