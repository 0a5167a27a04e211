import { Duration, Size } from 'aws-cdk-lib/core';
import type { Resource } from '../../template/resource';
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
  return Object.entries(load).flatMap(([field, value]) => {
    if (field === 'resource' || value === undefined) return [];
    const path = `${at}.${field}`;
    if (!allowed.includes(field)) {
      const meant = near(field, allowed);
      const help = meant === undefined ? `it takes ${allowed.join(', ')}` : `did you mean ${meant}; it takes ${allowed.join(', ')}`;
      return [`${path} is nothing that ${labelOf(resource)} takes, of the type ${resource.type}; ${help}`];
    }
    return valueProblems(path, field, value);
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
