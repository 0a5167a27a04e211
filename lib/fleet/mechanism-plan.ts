/** Hours of a day, from 0 to 24; the end is not included and may be on the next day. */
export interface DayHours {
  readonly from: number;
  readonly to: number;
}

/** What keeps environments ready, as the simulation sees it. Times are milliseconds. */
export type MechanismPlan =
  | { readonly kind: 'nothing' | 'snapStart' }
  | { readonly kind: 'ping'; readonly environments: number; readonly everyMs: number; readonly holdMs: number; readonly hours?: DayHours }
  | { readonly kind: 'fixed'; readonly environments: number }
  | { readonly kind: 'scheduled'; readonly environments: number; readonly otherwise: number; readonly hours: DayHours }
  | { readonly kind: 'autoscaled'; readonly min: number; readonly max: number; readonly target: number }
  | { readonly kind: 'managedInstances'; readonly environments: number; readonly concurrency: number };

export function within(hours: DayHours | undefined, hour: number): boolean {
  if (hours === undefined) return true;
  const { from, to } = hours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** Hours of a day that lie within. */
export function lengthOf({ from, to }: DayHours): number {
  return from < to ? to - from : 24 - from + to;
}
