/** What happened in the part of a simulation that counts. Times are milliseconds. */
export interface FleetTally {
  readonly requests: number;
  /** Requests that waited for a new environment. */
  readonly cold: number;
  readonly throttled: number;
  /** Of the requests that were answered, ascending: from the arrival to the answer. */
  readonly latencies: Float64Array;
  /** Requests that environments initialised ahead answered. */
  readonly answeredAhead: number;
  /** Time that handlers ran, by the kind of the environment. */
  readonly onDemandMs: number;
  readonly aheadMs: number;
  /** Requests that found no room at first. */
  readonly waited: number;
  readonly waitedMs: number;
  readonly pings: number;
  /** Pings that started an environment. */
  readonly coldPings: number;
  /** Time that handlers held pings. */
  readonly pingMs: number;
  readonly pingRounds: number;
  /** Environments initialised ahead times the time that they were there. */
  readonly provisionedMs: number;
  /** Environments times the time that they were there, busy or idle. */
  readonly environmentMs: number;
  readonly environmentsPeak: number;
  /** Time that was simulated and counts. */
  readonly spanMs: number;
}
