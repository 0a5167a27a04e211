import type { Duration, Size } from 'aws-cdk-lib/core';

/** Executions of a Standard workflow in a month. https://aws.amazon.com/step-functions/pricing/ */
export interface StepFunctionsStandardUsage {
  readonly executions: number;
  /** State transitions of one execution, the start and each retry included. */
  readonly transitionsPerExecution: number;
}

/** Executions of an Express workflow in a month. https://aws.amazon.com/step-functions/pricing/ */
export interface StepFunctionsExpressUsage {
  readonly requests: number;
  /** Time of one execution, rounded up to 100 ms. */
  readonly duration: Duration;
  /** Memory of one execution, rounded up to 64 MB. @default - 64 MB */
  readonly memory?: Size;
}
