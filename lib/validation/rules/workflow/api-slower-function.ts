import { APIGW_REST_TIMEOUT } from '../../../quotas/api-gateway-quotas';
import type { Resource } from '../../../template/resource';
import type { Rule, Violation } from '../../rule';
import { API_NAMES, type ApiIntegration, apiIntegrationsOf } from './api/api-integration';
import { isDurable } from './durable/durable-function';
import { functionTimeout } from './machine/task';

/** A function that states 30 s behind the 29 s of an API means the same by both; a second is no reason to warn. */
const SLACK_SECONDS = 1;

/**
 * Once for each API and function: a proxy has a method on the root and one below it. A function that is called asynchronously keeps nobody waiting.
 * A WebSocket API tells the client of the timeout, although the function goes on and may answer through @connections.
 */
export const API_SLOWER_FUNCTION: Rule = {
  id: 'api-slower-function',
  title: 'An API gives up before the function behind it does',
  why: 'The client gets 504 while the function runs on, is paid for, and its answer is thrown away; a retry runs it once more.',
  severity: 'warning',
  fix: 'lower the timeout of the function to that of the integration, stream the response, or answer 202 and go on elsewhere',
  source: APIGW_REST_TIMEOUT.source,
  check: (graph) => {
    const judged = new Map<Resource | undefined, Set<Resource>>();
    return apiIntegrationsOf(graph).flatMap((integration) => {
      const violation = violationOf(integration);
      if (violation === undefined) return [];
      const { api, target } = integration;
      const functions = judged.get(api) ?? new Set();
      judged.set(api, functions);
      if (functions.has(target!.fn)) return [];
      functions.add(target!.fn);
      return [violation];
    });
  },
};

function violationOf({ resource, at, kind, seconds, isDefault, streamed, asynchronous, target }: ApiIntegration): Violation | undefined {
  if (target === undefined || seconds === undefined || asynchronous) return undefined;
  const needed = isDurable(target.fn) ? target.fn.number('DurableConfig', 'ExecutionTimeout') : functionTimeout(target.fn);
  if (needed === undefined || needed <= seconds) return undefined;
  const limit = `${streamed ? 'streamed integration' : 'integration'} of ${API_NAMES[kind]} waits ${isDefault ? 'by default ' : ''}${seconds} s`;
  return {
    resource,
    message: `${at}the ${limit}, function ${target.fn.id} must have at most that, got ${needed} s`,
    severity: needed - seconds <= SLACK_SECONDS ? 'info' : 'warning',
  };
}
