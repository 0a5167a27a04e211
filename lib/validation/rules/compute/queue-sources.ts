import { type FunctionTarget, functionTarget } from '../../../template/function-target';
import { namedResources } from '../../../template/named-resources';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { render } from '../../../template/value';

export const EVENT_SOURCE_MAPPING = 'AWS::Lambda::EventSourceMapping';
export const QUEUE = 'AWS::SQS::Queue';

/** A queue whose messages Lambda hands to a function. */
export interface QueueSource {
  readonly mapping: Resource;
  readonly queue: Resource;
  readonly target: FunctionTarget;
}

export const queueSourcesOf = perGraph((graph: ResourceGraph): readonly QueueSource[] =>
  graph.ofType(EVENT_SOURCE_MAPPING).flatMap((mapping): QueueSource[] => {
    const queue = queueOf(graph, mapping);
    const target = functionTarget(graph, mapping.get('FunctionName'));
    return queue === undefined || target === undefined || mapping.boolean('Enabled') === false ? [] : [{ mapping, queue, target }];
  }),
);

function queueOf(graph: ResourceGraph, mapping: Resource): Resource | undefined {
  const resource = mapping.referent('EventSourceArn');
  if (resource !== undefined) return resource.type === QUEUE ? resource : undefined;
  const name = /^arn:.*:sqs:.*:([^:${}]+)$/.exec(render(mapping.get('EventSourceArn')))?.[1];
  return name === undefined ? undefined : namedResources(graph, QUEUE, 'QueueName').get(name);
}
