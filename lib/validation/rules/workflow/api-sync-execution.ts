import { numberOf } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { API_NAMES, apiIntegrationsOf } from './api/api-integration';
import { isSyncExecution, startedMachine } from './api/started-machine';
import { longestDuration } from './machine/duration';

/** A machine that bounds neither itself nor all of its tasks is not judged: how long it takes is not known. */
export const API_SYNC_EXECUTION: Rule = {
  id: 'api-sync-execution',
  title: 'An API waits for a state machine that it cannot wait for',
  why: 'StartSyncExecution refuses Standard machines, and the API gives up on an Express one that takes longer than its integration waits.',
  severity: 'error',
  fix: 'make the machine Express, with TimeoutSeconds under that of the integration; or start it with StartExecution and answer 202',
  source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html',
  check: (graph) =>
    apiIntegrationsOf(graph).flatMap((integration): Violation[] => {
      const machine = isSyncExecution(integration) ? startedMachine(graph, integration) : undefined;
      if (machine === undefined) return [];
      const { resource, at, kind, seconds } = integration;
      if (machine.type === 'STANDARD')
        return [{ resource, message: `${at}StartSyncExecution must start an Express state machine, got Standard ${machine.resource.id}` }];
      const { implied, bounded } = longestDuration(graph, machine.root);
      const own = numberOf(machine.definition.get('TimeoutSeconds')) ?? (bounded ? implied : undefined);
      const longest = bounded && own !== undefined ? Math.min(own, implied) : own;
      if (seconds === undefined || longest === undefined || longest <= seconds) return [];
      const message = `${at}${API_NAMES[kind]} waits ${seconds} s, state machine ${machine.resource.id} must be over by then, got up to ${longest} s`;
      return [{ resource, message, severity: 'warning' }];
    }),
};
