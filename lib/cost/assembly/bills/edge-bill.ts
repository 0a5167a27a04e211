import { Size } from 'aws-cdk-lib/core';
import { functionOf } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { LAMBDA_EDGE } from '../../services/lambda-variants';
import { type Bill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';

/** Whether a distribution of CloudFront has the function at its edges, where calls have prices of their own. */
export function runsAtTheEdge(graph: ResourceGraph, fn: Resource): boolean {
  return edgeFunctions(graph).has(fn);
}

const edgeFunctions = perGraph((graph): ReadonlySet<Resource> => {
  const versions = graph.ofType('AWS::CloudFront::Distribution').flatMap((distribution) => distribution.references('DistributionConfig'));
  return new Set(versions.flatMap((version) => (version.type === 'AWS::Lambda::Version' ? (functionOf(graph, version) ?? []) : [])));
});

export function edgeBill(fn: Resource, memoryMib: number, month: Month): Bill {
  const { loaded } = month.flow(fn);
  const { duration } = month.load(fn);
  if (loaded === 0) return NOTHING;
  if (duration === undefined) return noted(`the calls of ${labelOf(fn)} at the edge are not counted: their duration is not stated`);
  return together(
    serviceBill(LAMBDA_EDGE, fn, { requests: loaded, duration, memory: Size.mebibytes(memoryMib) }, month),
    noted(`${labelOf(fn)} runs at the edge`),
  );
}
