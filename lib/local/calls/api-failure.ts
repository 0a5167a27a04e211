import { randomUUID } from 'node:crypto';
import { isObject, type WireAnswer } from './wire';
import { child, parseXml } from './xml';

/** A service refused a call, in its own words. */
export class ApiFailure extends Error {
  constructor(
    /** As the service names it, without a namespace: `QueueDoesNotExist`. */
    readonly code: string,
    message: string,
    readonly status: number,
    readonly requestId: string,
    readonly extendedRequestId?: string,
  ) {
    super(message);
  }
}

/** The connection broke, so nobody knows what became of the call. */
export class ConnectionFailure extends Error {}

/** What a HEAD request, whose answer has no body, cannot say of an error. */
const HEAD_CODES: Readonly<Record<string, string>> = { HeadObject: 'NoSuchKey', HeadBucket: 'NoSuchBucket' };

export function requestIdOf({ headers }: Pick<WireAnswer, 'headers'>): string {
  const id = headers['x-amzn-requestid'] ?? headers['x-amz-request-id'];
  return typeof id === 'string' ? id : randomUUID();
}

export function failureOf(operation: string, answer: WireAnswer): ApiFailure {
  const { status, headers, body } = answer;
  const { code, message } = spoken(body.toString('utf8'));
  const named = String(headers['x-amzn-errortype'] ?? code ?? HEAD_CODES[operation] ?? `Http${status}`);
  const extended = headers['x-amz-id-2'];
  return new ApiFailure(
    named.replace(/^.*#/, '').replace(/:.*$/, ''),
    message ?? (status === 404 ? 'Not Found' : ''),
    status,
    requestIdOf(answer),
    typeof extended === 'string' ? extended : undefined,
  );
}

function spoken(text: string): { code?: string; message?: string } {
  if (text.trimStart().startsWith('<')) {
    const root = parseXml(text);
    const error = root?.name === 'Error' ? root : child(root, 'Error');
    return { code: child(error, 'Code')?.text, message: child(error, 'Message')?.text };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return {};
    const [code, message] = [value['__type'] ?? value['code'] ?? value['Code'], value['message'] ?? value['Message']];
    return { ...(code !== undefined && { code: String(code) }), ...(message !== undefined && { message: String(message) }) };
  } catch {
    return text === '' ? {} : { message: text };
  }
}
