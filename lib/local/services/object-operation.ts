import type { IncomingMessage } from 'node:http';
import { objectOf } from './object-event';

const BUCKET: Readonly<Record<string, string>> = {
  GET: 'ListObjectsV2',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
  POST: 'DeleteObjects',
};
const OBJECT: Readonly<Record<string, string>> = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' };

/** The S3 operation of a request; the client names most in `x-id`, the rest follow from method and path. */
export function objectOperation({
  headers,
  method = 'GET',
  url = '/',
}: Pick<IncomingMessage, 'headers' | 'method' | 'url'>): string | undefined {
  const { bucket, key, query } = objectOf(headers.host ?? '', url);
  const named = query.get('x-id');
  if (named) return named;
  if (bucket === '') return 'ListBuckets';
  if (key === '') return query.has('location') ? 'GetBucketLocation' : BUCKET[method];
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId'))
    return { PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload', GET: 'ListParts' }[method];
  if (method === 'PUT' && headers['x-amz-copy-source']) return 'CopyObject';
  if (query.has('attributes')) return 'GetObjectAttributes';
  return OBJECT[method];
}
