import { APIGW_REST_TIMEOUT } from '../../../quotas/api-gateway-quotas';
import type { Rule } from '../../rule';
import { timeoutViolations } from './api/timeout-violations';

/** Regional and private APIs have an adjustable quota: whoever has had it raised acknowledges this. */
export const API_REST_TIMEOUT: Rule = {
  id: 'api-rest-timeout',
  title: 'An integration of a regional or private REST API needs a raised quota',
  why: 'API Gateway refuses the integration in every account and Region whose quota is the default one.',
  severity: 'warning',
  fix: 'have the quota raised in each account and Region (it may cost throttle quota) and acknowledge this, stream the response, or answer 202 and go on elsewhere',
  source: APIGW_REST_TIMEOUT.source,
  check: (graph) => timeoutViolations(graph, ({ kind, streamed }) => kind === 'rest' && !streamed),
};
