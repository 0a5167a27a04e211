import { type Acknowledgment, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges findings that are right as they are. CDK writes a call stack down with each; for those of this library it would lead into this library
 * and take longer than everything else about them, so it is left out.
 */
export function acknowledge(scope: IConstruct, ...rules: Acknowledgment[]): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    Validations.of(scope).acknowledge(...rules);
  } finally {
    Error.stackTraceLimit = limit;
  }
}
