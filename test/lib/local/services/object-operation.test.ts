import { objectOperation } from '../../../../lib/local/services/object-operation';

test.each([
  ['GET', '/', 'ListBuckets'],
  ['GET', '/bucket?list-type=2&prefix=a', 'ListObjectsV2'],
  ['HEAD', '/bucket', 'HeadBucket'],
  ['POST', '/bucket/?delete', 'DeleteObjects'],
  ['GET', '/bucket?location', 'GetBucketLocation'],
  ['HEAD', '/bucket/a/b', 'HeadObject'],
  ['PUT', '/bucket/a?x-id=PutObject', 'PutObject'],
  ['PUT', '/bucket/a', 'PutObject'],
  ['POST', '/bucket/a?uploads', 'CreateMultipartUpload'],
  ['PUT', '/bucket/a?partNumber=1&uploadId=u', 'UploadPart'],
  ['POST', '/bucket/a?uploadId=u', 'CompleteMultipartUpload'],
  ['GET', '/bucket/a?attributes', 'GetObjectAttributes'],
])('%s %s is %s', (method, url, operation) => {
  expect(objectOperation({ method, url, headers: { host: '127.0.0.1:1' } })).toBe(operation);
});

test('a copy is told by its header, a bucket in the host name by the host', () => {
  expect(objectOperation({ method: 'PUT', url: '/a', headers: { host: 'bucket.localhost:1', 'x-amz-copy-source': 'b/c' } })).toBe(
    'CopyObject',
  );
  expect(objectOperation({ method: 'GET', url: '/?list-type=2', headers: { host: 'bucket.localhost:1' } })).toBe('ListObjectsV2');
});
