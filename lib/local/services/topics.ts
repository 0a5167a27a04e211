import type { ServiceHandler } from '../gateway/service';
import { type Backend, backendRequest, callBackend, replyWith } from './forward';

export interface MessageAttribute {
  /** `String`, `Number`, `String.Array`, `Binary`. */
  readonly type: string;
  /** Base64 when the type is binary. */
  readonly value: string;
}

/** A message that a topic has taken. */
export interface Published {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject?: string;
  /** With a structure of `json`, one text for each protocol. */
  readonly message: string;
  readonly structured: boolean;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** SNS by the engine; what is published is told to the runner, which delivers it and stands in for the person with a mailbox. */
export function topicHandler(backend: Backend, onPublished?: (message: Published) => void): ServiceHandler {
  return async (request, response) => {
    const answer = await callBackend(backend, backendRequest(request, response));
    replyWith(response, answer);
    if (!onPublished || answer.status >= 300) return;
    const form = new URLSearchParams(request.body.toString('utf8'));
    const text = answer.body.toString('utf8');
    if (form.get('Action') === 'Publish') onPublished(publishedIn(form, '', /<MessageId>([^<]+)</.exec(text)?.[1] ?? ''));
    if (form.get('Action') !== 'PublishBatch') return;
    // Entries that were refused have no message id.
    const ids = new Map(
      [...text.matchAll(/<Id>([^<]+)<\/Id>\s*<MessageId>([^<]+)</g)].map(([, id = '', messageId = '']) => [id, messageId]),
    );
    for (let n = 1; form.has(`PublishBatchRequestEntries.member.${n}.Message`); n += 1) {
      const prefix = `PublishBatchRequestEntries.member.${n}.`;
      const messageId = ids.get(form.get(`${prefix}Id`) ?? '');
      if (messageId !== undefined) onPublished(publishedIn(form, prefix, messageId));
    }
  };
}

function publishedIn(form: URLSearchParams, prefix: string, messageId: string): Published {
  const [subject, groupId, deduplicationId] = ['Subject', 'MessageGroupId', 'MessageDeduplicationId'].map((name) =>
    form.get(prefix + name),
  );
  return {
    topicArn: form.get('TopicArn') ?? form.get('TargetArn') ?? '',
    messageId,
    message: form.get(`${prefix}Message`) ?? '',
    structured: form.get(`${prefix}MessageStructure`) === 'json',
    attributes: attributesIn(form, `${prefix}MessageAttributes.entry.`),
    ...(subject && { subject }),
    ...(groupId && { groupId }),
    ...(deduplicationId && { deduplicationId }),
  };
}

function attributesIn(form: URLSearchParams, prefix: string): Record<string, MessageAttribute> {
  const found: Record<string, MessageAttribute> = {};
  for (let n = 1; form.has(`${prefix}${n}.Name`); n += 1) {
    const value = (name: string) => form.get(`${prefix}${n}.Value.${name}`);
    found[form.get(`${prefix}${n}.Name`) ?? ''] = {
      type: value('DataType') ?? 'String',
      value: value('StringValue') ?? value('BinaryValue') ?? '',
    };
  }
  return found;
}
