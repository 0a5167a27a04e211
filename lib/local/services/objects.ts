import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock';
import type { ServiceHandler, ServiceRequest } from '../gateway/service';
import { type Backend, type BackendResponse, backendRequest, callBackend, replyWith } from './forward';
import { Gate } from './gate';
import { nextSequencer, type ObjectCreated, type ObjectRemoved, objectOf } from './object-event';
import { removedKeys } from './removed-keys';

/** Who is told of objects. */
export interface ObjectListeners {
  readonly onCreated?: (event: ObjectCreated) => void;
  readonly onRemoved?: (event: ObjectRemoved) => void;
}

/** S3 by the engine; conditional writes and events of objects, which it lacks, are added here. */
export function objectHandler(backend: Backend, clock: Clock, { onCreated, onRemoved }: ObjectListeners = {}): ServiceHandler {
  const gate = new Gate();
  return async (request, response) => {
    const method = request.request.method ?? 'GET';
    const removed = onRemoved === undefined ? [] : await existing(backend, request);
    const send = async (): Promise<BackendResponse> => {
      const refused = await refusedByCondition(backend, request);
      return refused ?? callBackend(backend, backendRequest(request, response));
    };
    // A condition holds only while nothing else writes between the look and the write.
    const answer = await (isConditionalWrite(request) ? gate.exclusive(send) : gate.shared(send));
    const reason = onCreated && answer.status < 300 ? reasonOf(request) : undefined;
    const created = reason && (await createdObject(backend, request, reason, clock.now()));
    replyWith(response, answer, method);
    // Whoever has the answer may rely on the event being on its way.
    if (created) onCreated?.(created);
    if (answer.status < 300) for (const object of removed) onRemoved?.({ ...object, sequencer: nextSequencer(clock.now()) });
  };
}

/** The objects that a request deletes, as far as they are there. */
async function existing(backend: Backend, request: ServiceRequest): Promise<{ bucket: string; key: string }[]> {
  const { bucket, keys } = removedKeys(request);
  const heads = await Promise.all(keys.map((key) => headOf(backend, bucket, key)));
  return keys.filter((_, index) => heads[index]?.status === 200).map((key) => ({ bucket, key }));
}

function reasonOf({ request }: ServiceRequest): string | undefined {
  const { key, query } = objectOf(request.headers.host ?? '', request.url ?? '/');
  if (key === '') return undefined;
  if (request.method === 'POST' && query.has('uploadId')) return 'CompleteMultipartUpload';
  const subresource = ['tagging', 'acl', 'retention', 'legal-hold', 'partNumber'].some((name) => query.has(name));
  if (request.method !== 'PUT' || subresource) return undefined;
  return request.headers['x-amz-copy-source'] ? 'CopyObject' : 'PutObject';
}

async function createdObject(backend: Backend, request: ServiceRequest, reason: string, now: number): Promise<ObjectCreated> {
  const { bucket, key } = objectOf(request.request.headers.host ?? '', request.request.url ?? '/');
  const head = await headOf(backend, bucket, key);
  return {
    bucket,
    key,
    size: Number(head.headers['content-length'] ?? 0),
    etag: etagOf(head.headers),
    sequencer: nextSequencer(now),
    reason,
  };
}

function isConditionalWrite({ request }: ServiceRequest): boolean {
  const writes = request.method === 'PUT' || request.method === 'POST';
  return writes && (request.headers['if-none-match'] !== undefined || request.headers['if-match'] !== undefined);
}

async function refusedByCondition(backend: Backend, request: ServiceRequest): Promise<BackendResponse | undefined> {
  if (!isConditionalWrite(request)) return undefined;
  const { headers, url } = request.request;
  const { bucket, key } = objectOf(headers.host ?? '', url ?? '/');
  const head = await headOf(backend, bucket, key);
  if (headers['if-none-match'] === '*') return head.status === 200 ? preconditionFailed('If-None-Match') : undefined;
  const expected = headers['if-match']?.replaceAll('"', '');
  if (expected === undefined) return error(501, 'NotImplemented', 'If-None-Match takes only * on a write');
  if (head.status !== 200) return error(404, 'NoSuchKey', 'The specified key does not exist.');
  return expected === etagOf(head.headers) ? undefined : preconditionFailed('If-Match');
}

function headOf(backend: Backend, bucket: string, key: string): Promise<BackendResponse> {
  const path = `/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`;
  return callBackend(backend, { method: 'HEAD', path, headers: {} });
}

function etagOf(headers: IncomingHttpHeaders): string {
  return String(headers.etag ?? '').replaceAll('"', '');
}

function preconditionFailed(condition: string): BackendResponse {
  return error(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    `<Condition>${condition}</Condition>`,
  );
}

function error(status: number, code: string, message: string, more = ''): BackendResponse {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(xml) };
}
