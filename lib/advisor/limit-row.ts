import type { Quota } from '../quotas/quota';
import type { WorkloadFacts } from '../workload/workload-facts';
import type { LimitCheck } from './recommendation';

/** What a workload needs of a quantity, in seconds, bytes or a count. */
export interface Need {
  /** Path in the profile. */
  readonly fact: string;
  readonly of: (facts: WorkloadFacts) => number | undefined;
}

/** One row of a target's table of limits. */
export interface LimitRow {
  readonly need: Need;
  readonly quota: Quota;
  /** The limit concerns only such workloads. @default - all */
  readonly when?: (facts: WorkloadFacts) => boolean;
  /** What to do where the limit is passed: it is a risk then, and the target stays in. @default - the target is out */
  readonly remedy?: string;
}

const MIB = 1024 ** 2;

/** Seconds, bytes or pieces in one unit of a quota. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1 / 1_000,
  s: 1,
  min: 60,
  bytes: 1,
  KB: 1024,
  MB: MIB,
  MiB: MIB,
  GB: 1024 * MIB,
  GiB: 1024 * MIB,
};

const scaleOf = ({ unit }: Quota) => UNITS[unit] ?? 1;

/** The limit in seconds, bytes or a count. */
export const allowedBy = (quota: Quota): number => quota.max! * scaleOf(quota);

function marginOf(needed: number, allowed: number): number {
  return allowed === 0 ? (needed === 0 ? 1 : -1) : 1 - needed / allowed;
}

export function checkLimit({ need, quota, remedy }: LimitRow, facts: WorkloadFacts): LimitCheck {
  const needed = need.of(facts);
  const allowed = allowedBy(quota);
  const known = needed === undefined ? {} : { needed: needed / scaleOf(quota), margin: marginOf(needed, allowed) };
  return {
    quota: quota.id,
    quantity: quota.quantity,
    fact: need.fact,
    ...known,
    allowed: quota.max!,
    unit: quota.unit,
    fits: needed === undefined || needed <= allowed,
    binding: remedy === undefined,
    ...(remedy === undefined ? {} : { remedy }),
    source: quota.source,
    checkedOn: quota.checkedOn,
  };
}

export const concerns = ({ when }: LimitRow, facts: WorkloadFacts): boolean => when === undefined || when(facts);

/** Whether no binding limit is known to be passed: what `checkLimit` says, without its words. */
export function within(rows: readonly LimitRow[], facts: WorkloadFacts): boolean {
  return rows.every((row) => {
    if (row.remedy !== undefined || !concerns(row, facts)) return true;
    const needed = row.need.of(facts);
    return needed === undefined || needed <= allowedBy(row.quota);
  });
}
