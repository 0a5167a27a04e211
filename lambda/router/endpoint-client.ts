import type { RoutedJob, RouteTargetData } from '../contract/routing';
import { answer, type HttpAnswer, HttpError } from '../shared/http-event';
import { Secret } from '../shared/secret';

type EndpointTarget = Extract<RouteTargetData, { kind: 'endpoint' }>;

const secrets = new Map<string, Secret>();

/** Posts the input, and nothing about the caller but an id to trace it by, and passes the answer on. */
export async function callEndpoint({ url, timeoutMs, secretArn }: EndpointTarget, job: RoutedJob): Promise<HttpAnswer> {
  const key = secretArn === undefined ? undefined : await secretOf(secretArn).read();
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      // A redirect would carry the key to another host.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'x-request-id': job.responseId,
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(job.input),
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (cause) {
    if ((cause as Error).name === 'TimeoutError')
      throw new HttpError(504, `the target did not answer within ${timeoutMs} ms`, {}, { cause });
    throw new HttpError(502, 'the target cannot be reached', {}, { cause });
  }
  if (response.status === 429 || response.status === 503) {
    const retryAfter = response.headers.get('retry-after');
    throw new HttpError(503, 'the target is busy; try again', retryAfter === null ? {} : { 'retry-after': retryAfter });
  }
  // The target's own words may repeat the key: only its successes are passed on.
  if (!response.ok) throw new HttpError(502, `the target answered ${response.status}`);
  return answer(200, parsed(text));
}

function secretOf(arn: string): Secret {
  const known = secrets.get(arn) ?? new Secret(arn);
  secrets.set(arn, known);
  return known;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
