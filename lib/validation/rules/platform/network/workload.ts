import type { Resource } from '../../../../template/resource';
import type { Value } from '../../../../template/value';
import type { Placement } from './placement';

/** Code that runs somewhere, with the variables that it is given. */
export interface Workload {
  /** What is blamed: the function, the service, the state machine that runs the task. */
  readonly resource: Resource;
  readonly kind: 'function' | 'task' | 'agent runtime';
  readonly variables: readonly (readonly [string, Value])[];
  /** `outside` every VPC; undefined where it is not known. */
  readonly placement: Placement | 'outside' | undefined;
  /** Role with which the code calls AWS, where a template holds it. */
  readonly role: Resource | undefined;
  /** Whether its network interface has an address of the internet; undefined where it is not known. */
  readonly hasPublicAddress: boolean | undefined;
  /** Task definition of a task. */
  readonly task?: Resource;
  readonly onFargate?: boolean;
}

/** Whether the code is told to go out through a proxy, whose way is not in the templates. */
export function usesProxy({ variables }: Workload): boolean {
  return variables.some(([name]) => /^(https?|all)_proxy$/i.test(name));
}
