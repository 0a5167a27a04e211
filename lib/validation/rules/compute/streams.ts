import { type FunctionTarget, functionTarget } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';

/** A way by which the response of a function is streamed to clients. */
export interface Stream {
  readonly resource: Resource;
  readonly target: FunctionTarget;
  readonly what: string;
}

export const streamsOf = perGraph((graph: ResourceGraph): readonly Stream[] => [...urlStreams(graph), ...restStreams(graph)]);

export function urlStreams(graph: ResourceGraph): readonly Stream[] {
  return graph.ofType('AWS::Lambda::Url').flatMap((resource): Stream[] => {
    const target = functionTarget(graph, resource.get('TargetFunctionArn'));
    if (target === undefined || resource.text('InvokeMode') !== 'RESPONSE_STREAM') return [];
    return [{ resource, target, what: 'a function URL in RESPONSE_STREAM mode' }];
  });
}

function restStreams(graph: ResourceGraph): readonly Stream[] {
  return graph.ofType('AWS::ApiGateway::Method').flatMap((resource): Stream[] => {
    const target = functionTarget(graph, resource.get('Integration', 'Uri'));
    if (target === undefined || resource.text('Integration', 'ResponseTransferMode') !== 'STREAM') return [];
    return [{ resource, target, what: 'a REST integration that streams' }];
  });
}
