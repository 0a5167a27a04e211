import type { ResourceGraph } from '../../../../template/resource-graph';
import type { Violation } from '../../../rule';
import { API_NAMES, type ApiIntegration, apiIntegrationsOf, timeoutQuota } from './api-integration';

/** Integrations that state a timeout which their API does not give. */
export function timeoutViolations(graph: ResourceGraph, concerns: (integration: ApiIntegration) => boolean): Violation[] {
  return apiIntegrationsOf(graph).flatMap((integration) => {
    const { seconds, isDefault, resource, at, kind, streamed } = integration;
    const { min = 0, max = 0 } = timeoutQuota(integration);
    if (isDefault || seconds === undefined || !concerns(integration) || (seconds >= min && seconds <= max)) return [];
    const what = streamed ? 'a streamed integration' : `an integration of ${API_NAMES[kind]}`;
    return [
      {
        resource,
        message: `${at}the timeout of ${what} must be ${seconds < min ? `at least ${min}` : `at most ${max}`} s, got ${seconds} s`,
      },
    ];
  });
}
