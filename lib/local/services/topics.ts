import type { ServiceHandler } from '../gateway/service';
import { type Backend, backendRequest, callBackend, replyWith } from './forward';

export interface Published {
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
}

/** SNS by the engine; what is published is also told to the runner, which stands in for the person with a mailbox. */
export function topicHandler(backend: Backend, onPublished?: (message: Published) => void): ServiceHandler {
  return async (request, response) => {
    const answer = await callBackend(backend, backendRequest(request, response));
    replyWith(response, answer);
    if (!onPublished || answer.status >= 300) return;
    const form = new URLSearchParams(request.body.toString('utf8'));
    if (form.get('Action') === 'Publish') tell(form, 'Message', 'Subject');
    if (form.get('Action') === 'PublishBatch') {
      for (let n = 1; form.has(`PublishBatchRequestEntries.member.${n}.Message`); n += 1) {
        tell(form, `PublishBatchRequestEntries.member.${n}.Message`, `PublishBatchRequestEntries.member.${n}.Subject`);
      }
    }

    function tell(values: URLSearchParams, message: string, subject: string): void {
      const title = values.get(subject);
      onPublished?.({
        topicArn: values.get('TopicArn') ?? '',
        message: values.get(message) ?? '',
        ...(title !== null && { subject: title }),
      });
    }
  };
}
