import { createHash } from 'node:crypto';
import { headerMembers, type RestOperation, refuseRest, restParts } from './rest-members';
import { asText, isObject, type JsonObject, type Protocol, type WireAnswer } from './wire';
import { parseXml, xmlValue } from './xml';

const CONTENT = {
  CacheControl: 'cache-control',
  ContentDisposition: 'content-disposition',
  ContentEncoding: 'content-encoding',
  ContentLanguage: 'content-language',
  ContentType: 'content-type',
  Expires: 'expires',
};
const WRITING = {
  ...CONTENT,
  Acl: 'x-amz-acl',
  ServerSideEncryption: 'x-amz-server-side-encryption',
  SsekmsKeyId: 'x-amz-server-side-encryption-aws-kms-key-id',
  BucketKeyEnabled: 'x-amz-server-side-encryption-bucket-key-enabled',
  StorageClass: 'x-amz-storage-class',
  Tagging: 'x-amz-tagging',
  ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
};
const READING = {
  IfMatch: 'if-match',
  IfModifiedSince: 'if-modified-since',
  IfNoneMatch: 'if-none-match',
  IfUnmodifiedSince: 'if-unmodified-since',
  Range: 'range',
  ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
};
const OWNER = { ExpectedBucketOwner: 'x-amz-expected-bucket-owner' };
const LISTING = { Delimiter: 'delimiter', EncodingType: 'encoding-type', MaxKeys: 'max-keys', Prefix: 'prefix' };

const OPERATIONS: Readonly<Record<string, RestOperation>> = {
  ListBuckets: { method: 'GET', path: '/' },
  HeadBucket: { method: 'HEAD', path: '/{Bucket}', headers: OWNER },
  ListObjectsV2: {
    method: 'GET',
    path: '/{Bucket}?list-type=2',
    query: { ...LISTING, ContinuationToken: 'continuation-token', FetchOwner: 'fetch-owner', StartAfter: 'start-after' },
    headers: OWNER,
  },
  ListObjects: { method: 'GET', path: '/{Bucket}', query: { ...LISTING, Marker: 'marker' }, headers: OWNER },
  DeleteObjects: { method: 'POST', path: '/{Bucket}?delete', headers: OWNER },
  GetObject: { method: 'GET', path: '/{Bucket}/{Key+}', query: { VersionId: 'versionId' }, headers: READING },
  HeadObject: { method: 'HEAD', path: '/{Bucket}/{Key+}', query: { VersionId: 'versionId' }, headers: READING },
  DeleteObject: {
    method: 'DELETE',
    path: '/{Bucket}/{Key+}',
    query: { VersionId: 'versionId' },
    headers: { IfMatch: 'if-match', ...OWNER },
  },
  PutObject: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    headers: { ...WRITING, IfMatch: 'if-match', IfNoneMatch: 'if-none-match' },
    body: 'Body',
  },
  CopyObject: {
    method: 'PUT',
    path: '/{Bucket}/{Key+}',
    headers: { ...WRITING, MetadataDirective: 'x-amz-metadata-directive', TaggingDirective: 'x-amz-tagging-directive' },
  },
};

const ANSWERED: Readonly<Record<string, string>> = {
  'accept-ranges': 'AcceptRanges',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-length': 'ContentLength',
  'content-range': 'ContentRange',
  'content-type': 'ContentType',
  etag: 'ETag',
  'last-modified': 'LastModified',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-version-id': 'VersionId',
};
const READ = ['GetObject', 'HeadObject'];
const LISTS = ['Contents', 'CommonPrefixes', 'Deleted', 'Error'];
const NUMBERS = ['ContentLength', 'KeyCount', 'MaxKeys', 'Size'];
const BOOLEANS = ['IsTruncated', 'DeleteMarker'];

/** S3: objects in the path, their settings in headers, lists in XML. */
export const S3_PROTOCOL: Protocol = {
  operations: Object.keys(OPERATIONS),
  request: (name, parameters) => {
    const operation = OPERATIONS[name]!;
    const { Metadata, CopySource, Delete, Body, ...plain } = parameters;
    const { path, headers, rest } = restParts(operation, plain);
    refuseRest({
      ...rest,
      ...(Body !== undefined && operation.body === undefined && { Body }),
      ...(CopySource !== undefined && name !== 'CopyObject' && { CopySource }),
    });
    if (isObject(Metadata)) for (const [key, value] of Object.entries(Metadata)) headers[`x-amz-meta-${key.toLowerCase()}`] = String(value);
    if (CopySource !== undefined) headers['x-amz-copy-source'] = String(CopySource);
    const body = name === 'DeleteObjects' ? deletion(Delete) : Body === undefined ? '' : asText(Body);
    if (name === 'DeleteObjects') headers['content-md5'] = createHash('md5').update(body).digest('base64');
    return { method: operation.method, path, headers, body };
  },
  result: (name, answer) => (READ.includes(name) ? object(name, answer) : listed(answer)),
};

function deletion(value: unknown): string {
  const { Objects = [], Quiet } = (isObject(value) ? value : {}) as { Objects?: readonly JsonObject[]; Quiet?: boolean };
  const entries = Objects.map(({ Key, VersionId }) => {
    const version = VersionId === undefined ? '' : `<VersionId>${escapeXml(VersionId)}</VersionId>`;
    return `<Object><Key>${escapeXml(Key)}</Key>${version}</Object>`;
  });
  return `<Delete>${entries.join('')}${Quiet === true ? '<Quiet>true</Quiet>' : ''}</Delete>`;
}

function object(name: string, { headers, body }: WireAnswer): JsonObject {
  const metadata = Object.entries(headers).filter(([key]) => key.startsWith('x-amz-meta-'));
  const { LastModified, ...members } = headerMembers(headers, ANSWERED);
  return {
    ...(typed(members) as JsonObject),
    ...(LastModified !== undefined && { LastModified: new Date(LastModified).toISOString() }),
    Metadata: Object.fromEntries(metadata.map(([key, value]) => [key.slice('x-amz-meta-'.length), String(value)])),
    ...(name === 'GetObject' && { Body: body.toString('utf8') }),
  };
}

function listed({ headers, body }: WireAnswer): JsonObject {
  const document = parseXml(body.toString('utf8'));
  const { ContentLength: _l, ContentType: _t, AcceptRanges: _a, LastModified: _m, ...members } = headerMembers(headers, ANSWERED);
  const value = document === undefined ? {} : xmlValue(document, LISTS);
  const { Buckets, Error: Errors, ...rest } = (isObject(value) ? value : {}) as Record<string, unknown>;
  if (document?.name === 'CopyObjectResult') return { ...members, CopyObjectResult: value };
  return {
    ...members,
    ...(typed(rest) as JsonObject),
    ...(Errors !== undefined && { Errors }),
    ...(Buckets !== undefined && { Buckets: bucketsOf(Buckets) }),
  };
}

function bucketsOf(value: unknown): unknown[] {
  const found = isObject(value) ? value['Bucket'] : [];
  return Array.isArray(found) ? found : [found];
}

/** Texts of the document as the numbers and truths that they stand for. */
function typed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (typeof inner !== 'string') return [name, typed(inner)];
      if (NUMBERS.includes(name)) return [name, Number(inner)];
      return [name, BOOLEANS.includes(name) ? inner === 'true' : inner];
    }),
  );
}

function escapeXml(value: unknown): string {
  return String(value).replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!);
}
