export type Severity = 'error' | 'warning' | 'info';

/** A mistake that a rule found in a resource. */
export interface Finding {
  /** Id of the rule: `lambda-memory`. */
  readonly rule: string;
  readonly severity: Severity;
  /** `Stack/LogicalId`. */
  readonly resource: string;
  /** Construct path, or null where the template does not have it. */
  readonly path: string | null;
  /** What is wrong, the value, and what is allowed. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
  /** Address of the page that states the fact. */
  readonly source: string;
}
