import type { SubscriptionModel } from '../assembly/messaging';
import { REGION } from '../assembly/physical-name';
import { matchesPattern } from '../services/event-pattern';
import type { Published } from '../services/topics';

/** The text for a protocol, where the message has one for each. */
export function textFor(protocol: string, { message, structured }: Published): string {
  if (!structured) return message;
  const texts = JSON.parse(message) as Readonly<Record<string, string>>;
  return texts[protocol] ?? texts['default'] ?? '';
}

/**
 * Whether a subscription wants the message.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function wants({ filterPolicy, filterPolicyScope, protocol }: SubscriptionModel, published: Published): boolean {
  if (filterPolicy === undefined) return true;
  if (filterPolicyScope === 'MessageAttributes') return matchesPattern(filterPolicy, valuesOf(published));
  const body = objectIn(textFor(protocol, published));
  // A body that is no JSON object fits no policy about bodies.
  return body !== undefined && matchesPattern(filterPolicy, body);
}

function valuesOf({ attributes }: Published): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, { type }]) => !type.startsWith('Binary'))
      .map(([name, { type, value }]) => [
        name,
        type === 'String.Array' ? JSON.parse(value) : type.startsWith('Number') ? Number(value) : value,
      ]),
  );
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const SIGNING = `https://sns.${REGION}.amazonaws.com`;

function attributesOf({ attributes }: Published): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]));
}

/** What a queue gets, unless it asked for the message alone. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export function envelope({ arn, protocol }: SubscriptionModel, published: Published, now: number): object {
  const attributes = attributesOf(published);
  return {
    Type: 'Notification',
    MessageId: published.messageId,
    TopicArn: published.topicArn,
    ...(published.subject !== undefined && { Subject: published.subject }),
    Message: textFor(protocol, published),
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '1',
    Signature: 'LOCAL',
    SigningCertURL: `${SIGNING}/SimpleNotificationService-local.pem`,
    UnsubscribeURL: `${SIGNING}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

/** What a function gets. Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function functionEvent(subscription: SubscriptionModel, published: Published, now: number): object {
  const { SigningCertURL, UnsubscribeURL, ...same } = envelope(subscription, published, now) as Record<string, unknown>;
  const Sns = {
    Subject: null,
    ...same,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
    MessageAttributes: attributesOf(published),
  };
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns }] };
}
