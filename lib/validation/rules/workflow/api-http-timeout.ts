import { APIGW_HTTP_TIMEOUT } from '../../../quotas/api-gateway-quotas';
import type { Rule } from '../../rule';
import { timeoutViolations } from './api/timeout-violations';

/** The L2 of CDK stops at 29 s; the service takes 30 s. */
export const API_HTTP_TIMEOUT: Rule = {
  id: 'api-http-timeout',
  title: 'An integration of an HTTP API states a timeout over its quota',
  why: 'API Gateway refuses the integration, and no request raises this quota.',
  severity: 'error',
  fix: 'lower the timeout, take a REST API that streams, a function URL, or answer 202 and go on elsewhere',
  source: APIGW_HTTP_TIMEOUT.source,
  check: (graph) => timeoutViolations(graph, ({ kind }) => kind === 'http'),
};
