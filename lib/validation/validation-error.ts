import type { IConstruct } from 'constructs';

/**
 * Thrown at synth when a construct's props cannot work. All problems of one construct come in one error.
 * Matched by `name`; not part of the jsii API, which has no classes that extend Error.
 */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';

  constructor(
    /** `AiAgentFunction.InvalidProps`. */
    readonly code: string,
    readonly constructPath: string,
    readonly problems: readonly string[],
  ) {
    super(`${constructPath}: ${problems.join('; ')} [${code}]`);
  }
}

/** Throws one ValidationError with all problems, or returns. */
export function failOn(scope: IConstruct, code: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new ValidationError(code, scope.node.path, problems);
}
