import { uuid } from './physical-name';
import type { ResolvedStack } from './resolved-stack';

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
  readonly logicalId: string;
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
  /** Messages that do not fit are not delivered. */
  readonly filterPolicy?: Readonly<Record<string, unknown>>;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
  readonly deadLetterArn?: string;
}

/** An SNS topic of the template with its subscriptions. */
export interface TopicModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly contentBasedDeduplication: boolean;
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

export function queues(stack: ResolvedStack): QueueModel[] {
  return stack.resourcesOf('AWS::SQS::Queue').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const redrive = stack.property(logicalId, 'RedrivePolicy') as
      | { deadLetterTargetArn?: string; maxReceiveCount?: number | string }
      | undefined;
    const retention = stack.property(logicalId, 'MessageRetentionPeriod');
    const wait = stack.property(logicalId, 'ReceiveMessageWaitTimeSeconds');
    return {
      logicalId,
      name,
      arn,
      visibilityTimeoutSeconds: stack.number(logicalId, 'VisibilityTimeout', 30),
      delaySeconds: stack.number(logicalId, 'DelaySeconds', 0),
      fifo: name.endsWith('.fifo'),
      contentBasedDeduplication: stack.property(logicalId, 'ContentBasedDeduplication') === true,
      ...(retention !== undefined && { retentionSeconds: Number(retention) }),
      ...(wait !== undefined && { receiveWaitSeconds: Number(wait) }),
      ...(redrive?.deadLetterTargetArn && {
        redrive: { deadLetterTargetArn: redrive.deadLetterTargetArn, maxReceiveCount: Number(redrive.maxReceiveCount) },
      }),
    };
  });
}

export function topics(stack: ResolvedStack): TopicModel[] {
  const apart = stack
    .resourcesOf('AWS::SNS::Subscription')
    .map(({ logicalId }) => ({ logicalId, topicArn: stack.text(logicalId, 'TopicArn') }));
  return stack.resourcesOf('AWS::SNS::Topic').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const inline = ((stack.property(logicalId, 'Subscription') ?? []) as { Protocol: string; Endpoint: string }[]).map(
      ({ Protocol, Endpoint }, index): SubscriptionModel => ({
        logicalId,
        arn: `${arn}:${uuid(`${arn}/${index}`)}`,
        protocol: Protocol,
        endpoint: Endpoint,
        rawMessageDelivery: false,
        filterPolicyScope: 'MessageAttributes',
      }),
    );
    const own = apart.filter(({ topicArn }) => topicArn === arn).map((subscription) => subscriptionOf(stack, subscription.logicalId));
    const contentBasedDeduplication = stack.property(logicalId, 'ContentBasedDeduplication') === true;
    return { logicalId, name, arn, contentBasedDeduplication, subscriptions: [...inline, ...own] };
  });
}

function subscriptionOf(stack: ResolvedStack, logicalId: string): SubscriptionModel {
  const filterPolicy = stack.property(logicalId, 'FilterPolicy') as Record<string, unknown> | undefined;
  const redrive = stack.property(logicalId, 'RedrivePolicy') as { deadLetterTargetArn?: string } | undefined;
  return {
    logicalId,
    arn: stack.identity(logicalId).arn ?? '',
    protocol: stack.text(logicalId, 'Protocol'),
    endpoint: String(stack.property(logicalId, 'Endpoint') ?? ''),
    rawMessageDelivery: stack.property(logicalId, 'RawMessageDelivery') === true,
    ...(filterPolicy && { filterPolicy }),
    filterPolicyScope: stack.property(logicalId, 'FilterPolicyScope') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    ...(redrive?.deadLetterTargetArn && { deadLetterArn: redrive.deadLetterTargetArn }),
  };
}

export function buckets(stack: ResolvedStack): BucketModel[] {
  // CDK turns EventBridge notifications on by a custom resource, or in the bucket itself.
  const byCustomResource = stack
    .resourcesOf('Custom::S3BucketNotifications')
    .filter(({ logicalId }) => 'EventBridgeConfiguration' in ((stack.property(logicalId, 'NotificationConfiguration') ?? {}) as object))
    .map(({ logicalId }) => stack.text(logicalId, 'BucketName'));
  return stack.resourcesOf('AWS::S3::Bucket').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const notifications = stack.property(logicalId, 'NotificationConfiguration') as { EventBridgeConfiguration?: object } | undefined;
    const versioning = stack.property(logicalId, 'VersioningConfiguration') as { Status?: string } | undefined;
    return {
      logicalId,
      name,
      arn,
      sendsToEventBridge: notifications?.EventBridgeConfiguration !== undefined || byCustomResource.includes(name),
      versioned: versioning?.Status === 'Enabled',
    };
  });
}
