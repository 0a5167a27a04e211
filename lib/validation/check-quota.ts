import { type Duration, type Size, SizeRoundingBehavior, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Quota } from '../quotas/quota';

/** What a check found: `problems` fail the synth, `warnings` can be acknowledged by their id. */
export interface Findings {
  readonly problems: string[];
  readonly warnings: { readonly id: string; readonly message: string }[];
}

export function noFindings(): Findings {
  return { problems: [], warnings: [] };
}

/**
 * Holds one number against a quota. Tokens and absent values pass. A hard or configurable bound gives a problem,
 * an adjustable one a warning with the stable id `serverless-ai:<quota id>`.
 */
export function checkQuota(findings: Findings, prop: string, value: number | undefined, quota: Quota, fix: string): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  const low = quota.min ?? Number.NEGATIVE_INFINITY;
  const high = quota.max ?? Number.POSITIVE_INFINITY;
  if (value >= low && value <= high) return;
  const bound = value > high ? `at most ${quota.max}` : `at least ${quota.min}`;
  const message = `${prop} must be ${bound} ${quota.unit}, got ${value} ${quota.unit}; ${fix}`;
  if (quota.kind === 'adjustable') findings.warnings.push({ id: `serverless-ai:${quota.id}`, message });
  else findings.problems.push(message);
}

/** Seconds of a duration, or undefined when it is absent or a token. */
export function seconds(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
}

/** Mebibytes of a size, or undefined when it is absent or a token. */
export function mebibytes(size: Size | undefined): number | undefined {
  return size === undefined || size.isUnresolved() ? undefined : size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** Adds the warnings to the construct, where `Validations.of(x).acknowledge` finds them by id. */
export function reportWarnings(scope: IConstruct, findings: Findings): void {
  for (const { id, message } of findings.warnings) Validations.of(scope).addWarning(id, message);
}
