import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { type Machine, machinesOf } from '../../../../template/state-machine';
import { referencesIn, render } from '../../../../template/value';
import type { ApiIntegration } from './api-integration';

const machineOf = perGraph((graph: ResourceGraph) => new Map(machinesOf(graph).map((machine) => [machine.resource, machine])));

/** Whether the integration starts an execution and waits for its end. */
export function isSyncExecution({ uri, property }: ApiIntegration): boolean {
  return /:states:action\/StartSyncExecution$/.test(render(uri)) || property('IntegrationSubtype') === 'StepFunctions-StartSyncExecution';
}

/** The machine that an integration names: in a mapping template of a REST API, in a parameter of an HTTP API. */
export function startedMachine(graph: ResourceGraph, { property }: ApiIntegration): Machine | undefined {
  const named = [...referencesIn(property('RequestTemplates')), ...referencesIn(property('RequestParameters'))];
  for (const { resource } of named) {
    const machine = machineOf(graph).get(resource);
    if (machine !== undefined) return machine;
  }
  return undefined;
}
