import { stateMachines } from '../assembly/state-machines';
import type { Site } from '../deploy/site';
import { findResource } from '../find-resource';
import type { FaultNames } from './faults';
import { taskStatesOf } from './task-states';

/** What the stacks of a local run hold that a fault may name. */
export function faultNames(site: Pick<Site, 'resolver' | 'all'>): FaultNames {
  return {
    functionName: (reference) => {
      const { logicalId, stack } = findResource(site.resolver.stacks, reference, 'AWS::Lambda::Function');
      return stack.identity(logicalId).name;
    },
    steps: () => site.all(stateMachines).flatMap(({ definition }) => taskStatesOf(definition)),
  };
}
