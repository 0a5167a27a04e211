import { type FunctionTarget, functionTarget } from './function-target';
import { bodyIntegrations } from './openapi';
import type { Resource } from './resource';
import { perGraph, type ResourceGraph } from './resource-graph';
import { argumentsOf, functionArgument, integrationOf, machinesOf, type StateNode } from './state-machine';
import { itemsOf, joined, MapValue, partsOf, Reference, type Value, valueAt } from './value';

export type CallerKind =
  | 'event-source-mapping'
  | 'event-rule'
  | 'schedule'
  | 'state-machine'
  | 'rest-api'
  | 'http-api'
  | 'websocket-api'
  | 'function-url'
  | 'bucket'
  | 'topic'
  | 'destination'
  | 'log-subscription'
  | 'rotation'
  | 'custom-resource'
  | 'user-pool'
  | 'load-balancer'
  | 'pipe'
  | 'graphql'
  | 'agent';

/** `polled`: an event source mapping waits for the answer on the caller's behalf. */
export type InvocationMode = 'synchronous' | 'asynchronous' | 'polled';

/** Something in the templates that calls a function. */
export interface Invocation {
  readonly caller: Resource;
  readonly kind: CallerKind;
  readonly mode: InvocationMode;
  readonly target: FunctionTarget;
  /** Where in the caller it stands: name of the state, index of the target. */
  readonly at?: string;
  /** A task that waits for a token takes its result from whoever sends the token, not from the function's answer. */
  readonly waitsForToken?: boolean;
}

interface Found {
  readonly value: Value | undefined;
  readonly at?: string;
  readonly kind?: CallerKind;
  readonly mode?: InvocationMode;
}

interface CallerType {
  readonly kind: CallerKind;
  readonly mode: InvocationMode;
  readonly targets: (resource: Resource) => readonly Found[];
}

const one =
  (...path: readonly string[]) =>
  (resource: Resource): Found[] => [{ value: resource.get(...path) }];

const each =
  (path: readonly string[], inside: readonly string[]) =>
  (resource: Resource): Found[] =>
    resource.list(...path).map((item, index) => ({ value: valueAt(item, inside), at: String(index) }));

const asynchronous = (kind: CallerKind, targets: CallerType['targets']): CallerType => ({ kind, mode: 'asynchronous', targets });
const synchronous = (kind: CallerKind, targets: CallerType['targets']): CallerType => ({ kind, mode: 'synchronous', targets });

const CALLERS: Readonly<Record<string, CallerType>> = {
  'AWS::Lambda::EventSourceMapping': { kind: 'event-source-mapping', mode: 'polled', targets: one('FunctionName') },
  'AWS::Lambda::Url': synchronous('function-url', one('TargetFunctionArn')),
  'AWS::Lambda::EventInvokeConfig': asynchronous('destination', (resource) => [
    { value: resource.get('DestinationConfig', 'OnSuccess', 'Destination'), at: 'OnSuccess' },
    { value: resource.get('DestinationConfig', 'OnFailure', 'Destination'), at: 'OnFailure' },
  ]),
  'AWS::Events::Rule': asynchronous('event-rule', each(['Targets'], ['Arn'])),
  'AWS::Scheduler::Schedule': asynchronous('schedule', one('Target', 'Arn')),
  'AWS::SNS::Subscription': asynchronous('topic', (resource) => (resource.text('Protocol') === 'lambda' ? one('Endpoint')(resource) : [])),
  'AWS::S3::Bucket': asynchronous('bucket', each(['NotificationConfiguration', 'LambdaConfigurations'], ['Function'])),
  'Custom::S3BucketNotifications': asynchronous(
    'bucket',
    each(['NotificationConfiguration', 'LambdaFunctionConfigurations'], ['LambdaFunctionArn']),
  ),
  'AWS::ApiGateway::Method': synchronous('rest-api', (resource) => [
    { value: resource.get('Integration', 'Uri'), mode: modeOf(resource.get('Integration', 'RequestParameters')) },
  ]),
  'AWS::ApiGatewayV2::Integration': synchronous('http-api', (resource) => [
    {
      value: resource.get('IntegrationUri'),
      kind: protocolOf(resource) === 'WEBSOCKET' ? 'websocket-api' : 'http-api',
      mode: modeOf(resource.get('RequestParameters')),
    },
  ]),
  'AWS::ApiGateway::RestApi': synchronous('rest-api', inBody),
  'AWS::ApiGatewayV2::Api': synchronous('http-api', inBody),
  'AWS::Logs::SubscriptionFilter': asynchronous('log-subscription', one('DestinationArn')),
  'AWS::SecretsManager::RotationSchedule': asynchronous('rotation', one('RotationLambdaARN')),
  'AWS::Cognito::UserPool': synchronous('user-pool', (resource) => {
    const triggers = resource.get('LambdaConfig');
    return triggers instanceof MapValue ? triggers.entries.map(([at, value]) => ({ value, at })) : [];
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': synchronous('load-balancer', each(['Targets'], ['Id'])),
  'AWS::Pipes::Pipe': synchronous('pipe', (resource) => {
    const forgets = resource.text('TargetParameters', 'LambdaFunctionParameters', 'InvocationType') === 'FIRE_AND_FORGET';
    return [
      { value: resource.get('Enrichment'), at: 'Enrichment' },
      { value: resource.get('Target'), at: 'Target', mode: forgets ? 'asynchronous' : 'synchronous' },
    ];
  }),
  'AWS::AppSync::DataSource': synchronous('graphql', one('LambdaConfig', 'LambdaFunctionArn')),
  'AWS::Bedrock::Agent': synchronous('agent', each(['ActionGroups'], ['ActionGroupExecutor', 'Lambda'])),
  'AWS::BedrockAgentCore::GatewayTarget': synchronous('agent', one('TargetConfiguration', 'Mcp', 'Lambda', 'LambdaArn')),
};

/** Calls that an API declares in its body. */
function inBody(api: Resource): Found[] {
  return bodyIntegrations(api.get('Body')).map(({ at, integration }) => ({
    value: integration.get('uri'),
    at: at.trim(),
    mode: modeOf(integration.get('requestParameters')),
  }));
}

/** `X-Amz-Invocation-Type: 'Event'` makes an API's call asynchronous. */
function modeOf(parameters: Value | undefined): InvocationMode {
  return valueAt(parameters, ['integration.request.header.X-Amz-Invocation-Type']) === "'Event'" ? 'asynchronous' : 'synchronous';
}

function protocolOf(integration: Resource): string | undefined {
  return integration.referent('ApiId')?.text('ProtocolType');
}

/** Calls of functions by what stands in the templates; grants alone are no calls. */
export const invocationsOf = perGraph((graph: ResourceGraph): readonly Invocation[] => {
  const declared = Object.entries(CALLERS).flatMap(([type, { kind, mode, targets }]) =>
    graph.ofType(type).flatMap((caller) =>
      targets(caller).flatMap(({ value, at, kind: otherKind, mode: otherMode }): Invocation[] => {
        const found = functionTarget(graph, value);
        if (found === undefined) return [];
        return [
          {
            caller,
            kind: otherKind ?? kind,
            mode: otherMode ?? mode,
            target: withUrlQualifier(graph, caller, found),
            ...(at !== undefined && { at }),
          },
        ];
      }),
    ),
  );
  return [...declared, ...customResources(graph), ...tasks(graph)];
});

/** A URL names the alias apart from the function. */
function withUrlQualifier(graph: ResourceGraph, caller: Resource, found: FunctionTarget): FunctionTarget {
  const qualifier = caller.type === 'AWS::Lambda::Url' ? caller.text('Qualifier') : undefined;
  if (qualifier === undefined || found.qualifier !== 'none') return found;
  const via = graph
    .ofType('AWS::Lambda::Alias')
    .find((alias) => alias.text('Name') === qualifier && functionTarget(graph, alias.get('FunctionName'))?.fn === found.fn);
  return { fn: found.fn, qualifier: 'alias', ...(via && { via }) };
}

function customResources(graph: ResourceGraph): Invocation[] {
  return graph.resources.flatMap((caller): Invocation[] => {
    if (!caller.type.startsWith('Custom::') && caller.type !== 'AWS::CloudFormation::CustomResource') return [];
    const target = functionTarget(graph, caller.get('ServiceToken'));
    return target === undefined ? [] : [{ caller, kind: 'custom-resource', mode: 'asynchronous', target }];
  });
}

function tasks(graph: ResourceGraph): Invocation[] {
  return machinesOf(graph).flatMap(({ resource: caller, states }) =>
    states.flatMap((node): Invocation[] => {
      const integration = integrationOf(node);
      if (node.type !== 'Task' || !isInvoke(integration?.action)) return [];
      const target = functionOfTask(graph, node);
      if (target === undefined) return [];
      const type = itemsOf(valueAt(argumentsOf(node), ['InvocationType']))[0];
      const mode = type === 'Event' ? 'asynchronous' : 'synchronous';
      return [{ caller, kind: 'state-machine', mode, target, at: node.path, waitsForToken: integration?.pattern === 'callback' }];
    }),
  );
}

/** The function that a Task state invokes; its version or alias may stand in an argument of its own. */
export function functionOfTask(graph: ResourceGraph, node: StateNode): FunctionTarget | undefined {
  const found = functionTarget(graph, functionArgument(node));
  const qualifier = valueAt(argumentsOf(node), ['Qualifier']);
  if (found?.qualifier !== 'none' || qualifier === undefined) return found;
  return functionTarget(graph, joined([new Reference(found.fn, 'Arn'), ':', ...partsOf(qualifier)])) ?? found;
}

function isInvoke(action: string | undefined): boolean {
  return action === 'lambda:invoke' || action === 'aws-sdk:lambda:invoke';
}

/** Calls of one function, whatever version or alias they go to. */
export function invocationsOfFunction(graph: ResourceGraph, fn: Resource): readonly Invocation[] {
  return byFunction(graph).get(fn) ?? [];
}

const byFunction = perGraph((graph): ReadonlyMap<Resource, readonly Invocation[]> => {
  const calls = new Map<Resource, Invocation[]>();
  for (const invocation of invocationsOf(graph)) calls.set(invocation.target.fn, [...(calls.get(invocation.target.fn) ?? []), invocation]);
  return calls;
});
