export interface DefinitionProblem {
  /** Where, as Step Functions writes locations: `/States/Search/Retry[0]/MaxAttempts`. */
  readonly path: string;
  readonly message: string;
}

/** A definition that Step Functions would refuse, or that the local run cannot interpret faithfully. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';

  constructor(readonly problems: readonly DefinitionProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  }
}

/** Collects everything that is wrong, so that one error names it all. */
export class Problems {
  readonly found: DefinitionProblem[] = [];

  /** @param mocked whether mocks answer every task: then no task is refused for want of a service that could run it */
  constructor(readonly mocked = false) {}

  add(path: string, message: string): void {
    this.found.push({ path, message });
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
