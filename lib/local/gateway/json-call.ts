import { REGION } from '../assembly/physical-name';

/** Key of whoever runs the stacks: the gateway knows no caller by it. */
const OPERATOR = 'LOCALRUNNER';

/** A signature that names service and caller and nothing else: the gateway goes by these and checks no secret. */
export function signedFor(service: string, accessKeyId: string = OPERATOR): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

export interface JsonCall {
  /** Name under which requests to the service are signed. */
  readonly service: string;
  /** Service and operation: `AmazonSQS.SendMessage`. */
  readonly target: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What it is about, for the message of a failure. */
  readonly about: string;
  readonly accessKeyId?: string;
}

/**
 * One call of a service that speaks AWS's JSON protocol.
 *
 * @throws Error with status and answer when the service refuses
 */
export async function callJson(
  endpoint: string,
  { service, target, input, about, accessKeyId }: JsonCall,
): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: {
      authorization: signedFor(service, accessKeyId),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target.replace(/^.*\./, '')} on ${about} failed: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
