/** What an estimate was asked for and cannot be made from: all problems in one line. Matched by `name`; no part of the jsii API. */
export class CostError extends Error {
  override readonly name = 'CostError';

  constructor(
    readonly problems: readonly string[],
    /** What could have been given instead. */
    readonly allowed?: readonly string[],
  ) {
    super(problems.join('; '));
  }
}
