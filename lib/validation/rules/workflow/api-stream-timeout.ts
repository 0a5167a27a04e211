import { APIGW_REST_STREAM } from '../../../quotas/api-gateway-quotas';
import type { Rule } from '../../rule';
import { timeoutViolations } from './api/timeout-violations';

export const API_STREAM_TIMEOUT: Rule = {
  id: 'api-stream-timeout',
  title: 'A streamed integration states a timeout over its quota',
  why: 'API Gateway refuses the integration.',
  severity: 'error',
  fix: 'lower the timeout, or answer 202 and go on elsewhere',
  source: APIGW_REST_STREAM.source,
  check: (graph) => timeoutViolations(graph, ({ streamed }) => streamed),
};
