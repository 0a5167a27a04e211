import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { PackageSize } from './package-size';

/** Code that is ready for a function. */
export interface BoundCode {
  readonly code: lambda.Code;
  readonly size?: PackageSize;
  /** Removes what was needed only until CDK has copied it. */
  release(): void;
}
