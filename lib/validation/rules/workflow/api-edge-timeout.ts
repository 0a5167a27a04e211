import { APIGW_REST_EDGE_TIMEOUT } from '../../../quotas/api-gateway-quotas';
import type { Rule } from '../../rule';
import { timeoutViolations } from './api/timeout-violations';

/** A streamed integration is another matter: see `api-stream-timeout`. */
export const API_EDGE_TIMEOUT: Rule = {
  id: 'api-edge-timeout',
  title: 'An integration of an edge-optimised REST API states a timeout over its quota',
  why: 'API Gateway refuses the integration, and no request raises this quota while the API is edge-optimised.',
  severity: 'error',
  fix: 'make the API regional (endpointTypes: [EndpointType.REGIONAL]) and have the quota raised, stream the response, or answer 202 and go on elsewhere',
  source: APIGW_REST_EDGE_TIMEOUT.source,
  check: (graph) => timeoutViolations(graph, ({ kind, streamed }) => kind === 'edge' && !streamed),
};
