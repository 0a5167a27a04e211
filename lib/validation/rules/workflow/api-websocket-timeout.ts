import { APIGW_WEBSOCKET_TIMEOUT } from '../../../quotas/api-gateway-quotas';
import type { Rule } from '../../rule';
import { timeoutViolations } from './api/timeout-violations';

export const API_WEBSOCKET_TIMEOUT: Rule = {
  id: 'api-websocket-timeout',
  title: 'An integration of a WebSocket API states a timeout over its quota',
  why: 'API Gateway refuses the integration, and no request raises this quota.',
  severity: 'error',
  fix: 'lower the timeout, call the function asynchronously, and let it answer through @connections',
  source: APIGW_WEBSOCKET_TIMEOUT.source,
  check: (graph) => timeoutViolations(graph, ({ kind }) => kind === 'websocket'),
};
