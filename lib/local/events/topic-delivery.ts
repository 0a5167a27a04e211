import { createHash, randomUUID } from 'node:crypto';
import type { SubscriptionModel, TopicModel } from '../assembly/messaging';
import type { JsonObject } from '../calls/wire';
import type { Clock } from '../clock';
import type { Published } from '../services/topics';
import type { Delivery, Outbox } from './outbox';
import { type TargetCall, targetCall } from './target-call';
import { envelope, functionEvent, textFor, wants } from './topic-message';

export interface TopicDeliveryOptions {
  readonly topics: readonly TopicModel[];
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly onNotice: (notice: string) => void;
}

/** Of AWS-managed endpoints. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const RETRIES = { maximumRetryAttempts: 100_015, maximumEventAgeSeconds: 23 * 24 * 3600 };
/** A queue takes no more of them. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
const MOST_RAW_ATTRIBUTES = 10;
const SERVED = new Set(['sqs', 'lambda']);

/** Brings what is published to the queues and functions that subscribe to its topic. */
export class TopicDelivery {
  constructor(private readonly options: TopicDeliveryOptions) {}

  publish(published: Published): void {
    const topic = this.options.topics.find(({ arn }) => arn === published.topicArn);
    for (const subscription of topic?.subscriptions ?? []) {
      if (SERVED.has(subscription.protocol) && this.isWanted(subscription, published)) {
        this.options.outbox.send(this.deliveryOf(topic!, subscription, published));
      }
    }
  }

  private isWanted(subscription: SubscriptionModel, published: Published): boolean {
    try {
      return wants(subscription, published);
    } catch (error) {
      this.options.onNotice(`subscription ${subscription.logicalId} gets nothing: ${(error as Error).message}`);
      return false;
    }
  }

  private deliveryOf(topic: TopicModel, subscription: SubscriptionModel, published: Published): Delivery {
    const owner = { servicePrincipal: 'sns.amazonaws.com', sourceArn: topic.arn };
    const now = this.options.clock.now();
    const { protocol, endpoint, deadLetterArn } = subscription;
    const whole = () =>
      JSON.stringify(protocol === 'lambda' ? functionEvent(subscription, published, now) : envelope(subscription, published, now));
    return {
      label: `subscription ${subscription.logicalId} to ${endpoint}`,
      owner,
      ...RETRIES,
      attempt: () => (protocol === 'lambda' ? targetCall({ arn: endpoint }, whole()) : message(topic, subscription, published, whole)),
      ...(deadLetterArn !== undefined && {
        deadLetter: {
          arn: deadLetterArn,
          owner,
          body: () =>
            subscription.rawMessageDelivery ? textFor(protocol, published) : JSON.stringify(envelope(subscription, published, now)),
          attributes: ({ code, message: text }) => ({ RequestID: randomUUID(), ErrorCode: code, ErrorMessage: text }),
        },
      }),
    };
  }
}

function message(topic: TopicModel, subscription: SubscriptionModel, published: Published, whole: () => string): TargetCall {
  const { rawMessageDelivery, endpoint } = subscription;
  const body = rawMessageDelivery ? textFor('sqs', published) : whole();
  const call = targetCall({ arn: endpoint, ...(published.groupId !== undefined && { messageGroupId: published.groupId }) }, body);
  const attributes = rawMessageDelivery ? attributesOf(published) : {};
  return {
    ...call,
    parameters: {
      ...call.parameters,
      ...(endpoint.endsWith('.fifo') && { MessageDeduplicationId: published.deduplicationId ?? deduplicationOf(topic, published) }),
      ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
    },
  };
}

/** A topic that deduplicates by content hands the hash of the content on. */
function deduplicationOf({ contentBasedDeduplication }: TopicModel, { message: text, messageId }: Published): string {
  return contentBasedDeduplication ? createHash('sha256').update(text).digest('hex') : messageId;
}

function attributesOf({ attributes }: Published): JsonObject {
  const entries = Object.entries(attributes);
  if (entries.length > MOST_RAW_ATTRIBUTES) {
    throw new Error(`a message with more than ${MOST_RAW_ATTRIBUTES} attributes cannot be delivered raw, got ${entries.length}`);
  }
  return Object.fromEntries(
    entries.map(([name, { type, value }]) => [
      name,
      { DataType: type, [type.startsWith('Binary') ? 'BinaryValue' : 'StringValue']: value },
    ]),
  );
}
