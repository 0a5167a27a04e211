/** An SQS queue of the template. */
export interface QueueModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly retentionSeconds?: number;
  readonly receiveWaitSeconds?: number;
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

export interface SubscriptionModel {
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
}

/** An SNS topic of the template with its subscriptions. */
export interface TopicModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly subscriptions: readonly SubscriptionModel[];
}

/** An S3 bucket of the template. */
export interface BucketModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Events of its objects go to EventBridge. */
  readonly sendsToEventBridge: boolean;
  readonly versioned: boolean;
}
