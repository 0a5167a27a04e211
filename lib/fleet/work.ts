/** Requests of a simulation with their work, drawn once, so that every mechanism meets the same. Times are milliseconds. */
export interface Work {
  /** Ascending. */
  readonly at: Float64Array;
  readonly durations: Float64Array;
  /** Requests before this moment only bring the fleet to its usual state. */
  readonly countFrom: number;
  readonly until: number;
  /** Length of a day: shorter where the traffic is too dense to simulate a whole one. */
  readonly dayMs: number;
  /** Time of day at time 0. */
  readonly startOfDayMs: number;
}

export function hourOf({ dayMs, startOfDayMs }: Work, at: number): number {
  const into = (((at + startOfDayMs) % dayMs) + dayMs) % dayMs;
  return (into / dayMs) * 24;
}
