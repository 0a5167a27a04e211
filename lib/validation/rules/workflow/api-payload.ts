import { APIGW_PAYLOAD } from '../../../quotas/api-gateway-quotas';
import { LAMBDA_PAYLOAD_SYNC } from '../../../quotas/lambda-quotas';
import type { Resource } from '../../../template/resource';
import { itemsOf, render } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { type ApiIntegration, apiIntegrationsOf } from './api/api-integration';

/** Base64 takes four characters for three bytes. */
const BASE64 = 4 / 3;
const MEGABYTE = 1024 * 1024;
const BINARY_MEGABYTES = LAMBDA_PAYLOAD_SYNC.max! / BASE64 / MEGABYTE;

/**
 * What a template shows of sizes: an API that takes binary bodies to a function, or hands objects of S3 through. Advice, since no template shows how
 * large the bodies are. Once for each API.
 */
export const API_PAYLOAD: Rule = {
  id: 'api-payload',
  title: 'An API that carries files has a payload quota in the way',
  why: 'A larger upload or download fails with 413 or 500, whatever the function could do.',
  severity: 'info',
  fix: 'hand out presigned S3 URLs for files, or stream the response',
  source: APIGW_PAYLOAD.source,
  check: (graph) => {
    const judged = new Set<Resource>();
    return apiIntegrationsOf(graph).flatMap((integration): Violation[] => {
      const { api, resource, at } = integration;
      const bound = boundOf(integration);
      if (bound === undefined || judged.has(api ?? resource)) return [];
      judged.add(api ?? resource);
      return [{ resource, message: `${at}${bound}` }];
    });
  },
};

function boundOf({ api, type, target, streamed, uri }: ApiIntegration): string | undefined {
  const binary = itemsOf(api?.get('BinaryMediaTypes')).map(render);
  if (target !== undefined && binary.length > 0 && !streamed)
    return `binary bodies (${binary.join(', ')}) reach function ${target.fn.id} as base64: they must be at most ${BINARY_MEGABYTES} MB`;
  if (type === 'AWS' && /:s3:(path|action)\//.test(render(uri)))
    return `objects that pass through the API to or from S3 must be at most ${APIGW_PAYLOAD.max} ${APIGW_PAYLOAD.unit}`;
  return undefined;
}
