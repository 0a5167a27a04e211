import { embeddedJson } from '../../template/embedded-json';
import { functionTarget } from '../../template/function-target';
import { invocationsOf } from '../../template/invocations';
import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import { itemsOf, ListValue, MapValue, numberOf, referencesIn, valueAt } from '../../template/value';

/** So many calls of one resource follow each call of another. */
export interface CallEdge {
  readonly from: Resource;
  readonly to: Resource;
  readonly times: number;
  /** Only calls by schedules pass. @default false */
  readonly scheduledOnly?: boolean;
  /** What is taken for granted, when it is more than one call for each. */
  readonly note?: string;
}

const MACHINE = 'AWS::StepFunctions::StateMachine';
const QUEUES_AND_TOPICS = ['AWS::SQS::Queue', 'AWS::SNS::Topic'];

/** Calls that the templates show, state machines and APIs left out: theirs depend on the load. */
export function callEdges(graph: ResourceGraph): CallEdge[] {
  return [...invocationEdges(graph), ...targetEdges(graph), ...subscriptionEdges(graph), ...warmingEdges(graph)];
}

const DIRECT = new Set(['function-url', 'event-rule', 'schedule', 'bucket', 'topic', 'event-source-mapping']);

function invocationEdges(graph: ResourceGraph): CallEdge[] {
  return invocationsOf(graph).flatMap(({ caller, kind, target }): CallEdge[] => {
    if (!DIRECT.has(kind)) return [];
    if (kind === 'event-source-mapping') return mappingEdges(caller, target.fn);
    const from = kind === 'topic' ? caller.referent('TopicArn') : kind === 'bucket' ? bucketOf(caller) : caller;
    return from === undefined ? [] : [{ from, to: target.fn, times: 1 }];
  });
}

/** Only queues: how many records of a stream make a batch depends on their size and their time. */
function mappingEdges(mapping: Resource, fn: Resource): CallEdge[] {
  const source = mapping.referent('EventSourceArn');
  if (source?.type !== 'AWS::SQS::Queue' || mapping.boolean('Enabled') === false) return [];
  return [{ from: source, to: fn, times: 1, note: 'each message is counted as a call of its own; batches make fewer' }];
}

function bucketOf(caller: Resource): Resource | undefined {
  return caller.type === 'AWS::S3::Bucket' ? caller : caller.referent('BucketName');
}

/** What rules and schedules target besides functions. */
function targetEdges(graph: ResourceGraph): CallEdge[] {
  const rules = graph.ofType('AWS::Events::Rule').flatMap((rule) => rule.list('Targets').map((target) => ({ from: rule, target })));
  const schedules = graph.ofType('AWS::Scheduler::Schedule').map((schedule) => ({ from: schedule, target: schedule.get('Target') }));
  return [...rules, ...schedules].flatMap(({ from, target }): CallEdge[] => {
    const task = referencesIn(valueAt(target, ['EcsParameters', 'TaskDefinitionArn']))[0]?.resource;
    if (task !== undefined) return [{ from, to: task, times: numberOf(valueAt(target, ['EcsParameters', 'TaskCount'])) ?? 1 }];
    const to = referencesIn(valueAt(target, ['Arn']))[0]?.resource;
    const machine = to && machineOf(to);
    if (machine !== undefined) return [{ from, to: machine, times: 1 }];
    return to !== undefined && QUEUES_AND_TOPICS.includes(to.type) ? [{ from, to, times: 1 }] : [];
  });
}

/** The state machine of itself, of an alias or of a version. */
export function machineOf(resource: Resource): Resource | undefined {
  if (resource.type === MACHINE) return resource;
  if (resource.type === 'AWS::StepFunctions::StateMachineVersion') return resource.referent('StateMachineArn');
  if (resource.type !== 'AWS::StepFunctions::StateMachineAlias') return undefined;
  const versions = [...resource.references('RoutingConfiguration'), ...resource.references('DeploymentPreference')];
  return versions.map(machineOf).find((machine) => machine !== undefined);
}

function subscriptionEdges(graph: ResourceGraph): CallEdge[] {
  return graph.ofType('AWS::SNS::Subscription').flatMap((subscription): CallEdge[] => {
    const from = subscription.referent('TopicArn');
    const to = subscription.references('Endpoint').find(({ type }) => type === 'AWS::SQS::Queue');
    return from !== undefined && to !== undefined ? [{ from, to, times: 1 }] : [];
  });
}

/** A function whose environment lists functions with a number of environments pings that many of each, whenever it is called. */
function warmingEdges(graph: ResourceGraph): CallEdge[] {
  return graph.ofType('AWS::Lambda::Function').flatMap((warmer) => {
    const variables = warmer.get('Environment', 'Variables');
    const lists = variables instanceof MapValue ? variables.entries.map(([, value]) => embeddedJson(value)) : [];
    return lists
      .flatMap((list) => (list instanceof ListValue ? itemsOf(list) : []))
      .flatMap((target): CallEdge[] => {
        const environments = numberOf(valueAt(target, ['environments']));
        const fn = functionTarget(graph, valueAt(target, ['functionArn']))?.fn;
        return fn === undefined || environments === undefined ? [] : [{ from: warmer, to: fn, times: environments, scheduledOnly: true }];
      });
  });
}
