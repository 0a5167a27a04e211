import type { Duration, Size } from 'aws-cdk-lib/core';

/** Tokens of a model in a month, at prices of your own: model prices change too often to ship. */
export interface ModelTokensUsage {
  /** Input tokens of the month. */
  readonly input: number;
  /** Output tokens of the month. */
  readonly output: number;
  /** USD for a million input tokens. */
  readonly inputPrice: number;
  /** USD for a million output tokens. */
  readonly outputPrice: number;
  /** Where the prices are from. @default - prices of your own */
  readonly source?: string;
}

/** A serverless inference endpoint. https://aws.amazon.com/sagemaker/ai/pricing/ */
export interface SageMakerServerlessUsage {
  readonly requests: number;
  /** Time of one inference, rounded up to 1 ms. */
  readonly duration: Duration;
  readonly memory: Size;
  /** GB that go in and out in the month. @default 0 */
  readonly gigabytes?: number;
}

/** Instances of a real-time or an asynchronous endpoint. https://aws.amazon.com/sagemaker/ai/pricing/ */
export interface SageMakerInstancesUsage {
  /** `ml.g5.xlarge`, one of docs/prices.md. */
  readonly instanceType: string;
  readonly instances: number;
  /** Time for which each runs; an asynchronous endpoint may scale to none. @default - the month */
  readonly time?: Duration;
  /** GB that go in and out in the month. @default 0 */
  readonly gigabytes?: number;
}
