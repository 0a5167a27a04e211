/** A workload that cannot be simulated: all problems in one line. Matched by `name`; no part of the jsii API. */
export class FleetError extends Error {
  override readonly name = 'FleetError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}
