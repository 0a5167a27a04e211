import { randomUUID } from 'node:crypto';
import type { BucketNotification } from '../assembly/bucket-notifications';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { Clock } from '../clock';
import type { ObjectCreated, ObjectRemoved } from '../services/object-event';
import type { Outbox } from './outbox';
import { type TargetCall, targetCall } from './target-call';

export interface ObjectNotificationsOptions {
  readonly notifications: readonly BucketNotification[];
  readonly outbox: Outbox;
  readonly clock: Clock;
}

const NAMES: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
};
/** S3 tries for a long time; how often, it does not say. */
const RETRIES = { maximumRetryAttempts: 100, maximumEventAgeSeconds: 6 * 3600 };

/** Brings the notifications of buckets to their functions, queues and topics. */
export class ObjectNotifications {
  constructor(private readonly options: ObjectNotificationsOptions) {}

  created({ reason, ...object }: ObjectCreated): void {
    this.tell(NAMES[reason] ?? `ObjectCreated:${reason}`, object);
  }

  removed(object: ObjectRemoved): void {
    this.tell('ObjectRemoved:Delete', object);
  }

  private tell(eventName: string, object: Omit<ObjectCreated, 'reason'> | ObjectRemoved): void {
    const { notifications, outbox, clock } = this.options;
    for (const notification of notifications) {
      if (notification.bucket !== object.bucket || !applies(notification, eventName, object.key)) continue;
      const payload = JSON.stringify({ Records: [recordOf(notification, eventName, object, clock.now())] });
      outbox.send({
        label: `notification of ${notification.logicalId} to ${notification.targetArn}`,
        owner: { servicePrincipal: 's3.amazonaws.com', sourceArn: `arn:aws:s3:::${object.bucket}` },
        attempt: () => withSubject(targetCall({ arn: notification.targetArn }, payload)),
        ...RETRIES,
      });
    }
  }
}

function withSubject(call: TargetCall): TargetCall {
  return call.service === 'sns' ? { ...call, parameters: { ...call.parameters, Subject: 'Amazon S3 Notification' } } : call;
}

function applies({ events, prefix, suffix }: BucketNotification, eventName: string, key: string): boolean {
  const named = events.some(
    (event) => event === `s3:${eventName}` || (event.endsWith(':*') && `s3:${eventName}`.startsWith(event.slice(0, -1))),
  );
  return named && key.startsWith(decoded(prefix)) && key.endsWith(decoded(suffix));
}

/** Filters may be written as the keys of events are. */
function decoded(part: string): string {
  return /%[\da-f]{2}/i.test(part) ? decodeURIComponent(part) : part;
}

/** As a form writes it: spaces are +, slashes stay. */
function encodedKey(key: string): string {
  return key
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replaceAll('%20', '+')
    .replaceAll(/[!'()]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
function recordOf(
  { configurationId, bucket }: BucketNotification,
  eventName: string,
  object: Omit<ObjectCreated, 'reason'> | ObjectRemoved,
  now: number,
): object {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: new Date(now).toISOString(),
    eventName,
    userIdentity: { principalId: `AWS:${ACCOUNT}` },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': randomUUID().slice(0, 16).toUpperCase(), 'x-amz-id-2': randomUUID() },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket, ownerIdentity: { principalId: ACCOUNT }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodedKey(object.key),
        ...('etag' in object && { size: object.size, eTag: object.etag }),
        sequencer: object.sequencer,
      },
    },
  };
}
