import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { BusEvent } from '../services/event-pattern';
import type { ObjectCreated, ObjectRemoved } from '../services/object-event';

/**
 * What S3 sends to EventBridge after a write. Keys are as they are, not URL-encoded as in S3 notifications.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectCreatedEvent({ bucket, key, size, etag, sequencer, reason }: ObjectCreated, now: Date): BusEvent {
  return eventOf('Object Created', bucket, { object: { key, size, etag, sequencer }, reason }, now);
}

/** What S3 sends to EventBridge after a deletion. The local run keeps no versions, so each is for good. */
export function objectDeletedEvent({ bucket, key, sequencer }: ObjectRemoved, now: Date): BusEvent {
  const detail = { object: { key, sequencer }, reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' };
  return eventOf('Object Deleted', bucket, detail, now);
}

function eventOf(
  type: string,
  bucket: string,
  { object, ...more }: { readonly object: object; readonly [name: string]: unknown },
  now: Date,
): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source: 'aws.s3',
    account: ACCOUNT,
    time: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object,
      'request-id': randomUUID(),
      requester: ACCOUNT,
      'source-ip-address': '127.0.0.1',
      ...more,
    },
  };
}
