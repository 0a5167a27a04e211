import { LAMBDA_TIMEOUT } from '../../../quotas/lambda-quotas';
import type { Resource } from '../../../template/resource';
import { Unknown } from '../../../template/value';

/** Whether the function runs on a capacity provider (Managed Instances), which has quotas of its own. */
export function isOnManagedInstances(fn: Resource): boolean {
  return fn.get('CapacityProviderConfig') !== undefined;
}

export function isImage(fn: Resource): boolean {
  return fn.text('PackageType') === 'Image';
}

/** Seconds; undefined when the template does not tell them. */
export function timeoutOf(fn: Resource): number | undefined {
  return fn.numberOr(LAMBDA_TIMEOUT.default!, 'Timeout');
}

export function hasSnapStart(fn: Resource): boolean {
  return fn.text('SnapStart', 'ApplyOn') === 'PublishedVersions';
}

/** Executions that are reserved for the function; undefined when none are, or when their number is not known. */
export function reservedConcurrency(fn: Resource): number | undefined {
  return fn.number('ReservedConcurrentExecutions');
}

/** Value of a variable; undefined when it is not set. */
export function variable(fn: Resource, name: string): string | Unknown | undefined {
  const variables = fn.get('Environment', 'Variables');
  if (variables instanceof Unknown) return variables;
  const value = fn.get('Environment', 'Variables', name);
  return value === undefined || typeof value === 'string' ? value : new Unknown(name);
}
