import { Duration, Size } from 'aws-cdk-lib/core';
import { LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import { FUNCTION } from '../../template/function-target';
import type { Resource } from '../../template/resource';
import { machinesOf } from '../../template/state-machine';
import { near } from '../../workload/near';
import type { AssemblyLoad, ResourceLoad } from './assembly-load';
import { labelOf } from './find-resource';
import { LOAD_FIELDS, LOAD_OF_TYPE } from './load-fields';

/** More than any account sees of anything in a month: a slip of the unit. */
const ABSURD = 1e15;

function numberProblems(path: string, value: unknown): string[] {
  if (typeof value !== 'number') return [`${path} must be a number, got ${JSON.stringify(value)}`];
  if (Number.isFinite(value) && value >= 0 && value <= ABSURD) return [];
  return [`${path} must be 0 to ${ABSURD.toLocaleString('en-US')}, got ${value}`];
}

/** What of a load cannot be, whatever the assembly holds. */
export function loadProblems({ requestsPerMonth }: AssemblyLoad): string[] {
  return requestsPerMonth === undefined ? [] : numberProblems('requestsPerMonth', requestsPerMonth);
}

/** What of a load cannot be for this resource: numbers out of range, and facts that its type does not take. */
export function resourceLoadProblems(resource: Resource, load: ResourceLoad, index: number): string[] {
  const allowed: readonly string[] = LOAD_OF_TYPE[resource.type] ?? [];
  const at = `resources[${index}]`;
  if (allowed.length === 0) return [`${at}: ${labelOf(resource)} is of the type ${resource.type}, which takes no load`];
  const stated = Object.entries(load).flatMap(([field, value]) => {
    if (field === 'resource' || value === undefined) return [];
    const path = `${at}.${field}`;
    if (!allowed.includes(field)) {
      const meant = near(field, allowed);
      const help = meant === undefined ? `it takes ${allowed.join(', ')}` : `did you mean ${meant}; it takes ${allowed.join(', ')}`;
      return [`${path} is nothing that ${labelOf(resource)} takes, of the type ${resource.type}; ${help}`];
    }
    return valueProblems(path, field, value);
  });
  return stated.length > 0 ? stated : [...timeProblems(resource, load, at), ...itemProblems(resource, load, at)];
}

/** A call ends when its function's timeout does. What a durable function works on goes on through several calls. */
function timeProblems(fn: Resource, { duration, scheduledDuration }: ResourceLoad, at: string): string[] {
  const timeout =
    fn.type === FUNCTION && fn.get('DurableConfig') === undefined ? fn.numberOr(LAMBDA_TIMEOUT.default!, 'Timeout') : undefined;
  if (timeout === undefined) return [];
  return Object.entries({ duration, scheduledDuration }).flatMap(([field, time]) => {
    const seconds = time?.toSeconds({ integral: false }) ?? 0;
    return seconds <= timeout ? [] : [`${at}.${field} must be at most the timeout of ${labelOf(fn)}, ${timeout} s, got ${seconds} s`];
  });
}

function itemProblems(machine: Resource, { mapItems = [] }: ResourceLoad, at: string): string[] {
  const states = machinesOf(machine.stack.graph).find(({ resource }) => resource === machine)?.states ?? [];
  const maps = states.filter(({ type }) => type === 'Map').flatMap(({ name, path }) => [name, path]);
  return mapItems.flatMap(({ state }, index) => {
    if (maps.includes(state)) return [];
    const meant = near(state, maps);
    const help =
      meant !== undefined ? `did you mean ${meant}` : maps.length > 0 ? `it has ${[...new Set(maps)].join(', ')}` : 'it has none';
    return [`${at}.mapItems[${index}]: ${JSON.stringify(state)} is no Map state of ${labelOf(machine)}; ${help}`];
  });
}

function valueProblems(path: string, field: string, value: unknown): string[] {
  switch (LOAD_FIELDS[field as keyof typeof LOAD_FIELDS]) {
    case 'number':
      return numberProblems(path, value);
    case 'duration':
      return value instanceof Duration ? [] : [`${path} must be a Duration, got ${JSON.stringify(value)}`];
    case 'size':
      return value instanceof Size ? [] : [`${path} must be a Size, got ${JSON.stringify(value)}`];
    case 'mapItems':
      return (value as { state: string; items: number }[]).flatMap(({ items }, at) => numberProblems(`${path}[${at}].items`, items));
    default:
      return [];
  }
}
