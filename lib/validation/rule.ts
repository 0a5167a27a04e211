import type { Resource } from '../template/resource';
import type { ResourceGraph } from '../template/resource-graph';
import type { CheckOptions } from './check-options';
import type { Severity } from './finding';

/** One resource in which a rule found its mistake. */
export interface Violation {
  readonly resource: Resource;
  /** What is wrong, the value got, and what is allowed; lower case, no final period. */
  readonly message: string;
  /** @default - the fix of the rule */
  readonly fix?: string;
  /** @default - the severity of the rule */
  readonly severity?: Severity;
  /**
   * Id of the check of CDK's own template validation (`E3717`) that reports this very mistake on this very resource. The plugin leaves such a violation
   * to it; the audit of a bare template reports it. Absent where that check is silent: under Fn::If, or on runtimes that it does not know.
   */
  readonly reportedByCdk?: string;
}

/** A mistake that can be seen in templates. Pure: the same graph and options give the same violations. */
export interface Rule {
  /** `service-problem`: `lambda-memory`. Acknowledged as `ServerlessAiChecks::lambda-memory`. */
  readonly id: string;
  /** What is found, one line: heading of its row in docs/rules.md. */
  readonly title: string;
  /** What happens to whoever deploys it. */
  readonly why: string;
  readonly severity: Severity;
  /** What to do instead. */
  readonly fix: string;
  /** Address of the page, or of the quota's page, that states the fact. */
  readonly source: string;
  readonly check: (graph: ResourceGraph, options: CheckOptions) => Iterable<Violation>;
}
