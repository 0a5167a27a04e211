import { objectOf } from '../../services/object-event';
import type { Check } from '../access-control';
import type { RequestContext } from '../context';
import { type ActionCall, type ActionTable, present } from './action-call';

function located({ headers, url }: ActionCall) {
  return objectOf(String(headers['host'] ?? headers[':authority'] ?? ''), url);
}

function bucketArn({ directory }: ActionCall, bucket: string): string {
  return `arn:${directory.partition}:s3:::${bucket}`;
}

const HEADERS = [
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-storage-class',
];

function headerContext({ headers }: ActionCall): RequestContext {
  return present(Object.fromEntries(HEADERS.map((name) => [`s3:${name}`, headers[name]])));
}

function onObject(action: string, versioned = action) {
  return (call: ActionCall): Check[] => {
    const { bucket, key, query } = located(call);
    const named = query.has('versionId') ? versioned : action;
    return [{ action: named, resource: `${bucketArn(call, bucket)}/${key}`, context: headerContext(call) }];
  };
}

function onBucket(action: string) {
  return (call: ActionCall): Check[] => {
    const { bucket, query } = located(call);
    const context = present({
      's3:prefix': query.get('prefix'),
      's3:delimiter': query.get('delimiter'),
      's3:max-keys': query.get('max-keys'),
    });
    return [{ action, resource: bucketArn(call, bucket), context }];
  };
}

/** A listing without a prefix has an empty one, which a policy can ask for. */
function listing(action: string) {
  return (call: ActionCall): Check[] => {
    const [check] = onBucket(action)(call) as [Check];
    return [{ ...check, context: { 's3:prefix': located(call).query.get('prefix') ?? '', ...check.context } }];
  };
}

const get = onObject('s3:GetObject', 's3:GetObjectVersion');
const put = onObject('s3:PutObject');

/** A copy reads one object and writes another. */
function copy(call: ActionCall): Check[] {
  const source = decodeURIComponent(String(call.headers['x-amz-copy-source'] ?? '')).replace(/^\//, '');
  const [path = '', version] = source.split('?versionId=');
  const action = version === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return [{ action, resource: bucketArn(call, path), context: headerContext(call) }, ...put(call)];
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export const S3_ACTIONS: ActionTable = {
  GetObject: get,
  HeadObject: get,
  GetObjectAttributes: (call) => [...get(call), ...onObject('s3:GetObjectAttributes', 's3:GetObjectVersionAttributes')(call)],
  PutObject: put,
  CopyObject: copy,
  UploadPartCopy: copy,
  CreateMultipartUpload: put,
  UploadPart: put,
  CompleteMultipartUpload: put,
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload'),
  ListParts: onObject('s3:ListMultipartUploadParts'),
  ListMultipartUploads: listing('s3:ListBucketMultipartUploads'),
  DeleteObject: onObject('s3:DeleteObject', 's3:DeleteObjectVersion'),
  DeleteObjects: (call) =>
    deletedKeys(call).map((key) => ({ action: 's3:DeleteObject', resource: `${bucketArn(call, located(call).bucket)}/${key}` })),
  ListObjects: listing('s3:ListBucket'),
  ListObjectsV2: listing('s3:ListBucket'),
  ListObjectVersions: listing('s3:ListBucketVersions'),
  HeadBucket: onBucket('s3:ListBucket'),
  GetBucketLocation: onBucket('s3:GetBucketLocation'),
  GetBucketVersioning: onBucket('s3:GetBucketVersioning'),
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  CreateBucket: onBucket('s3:CreateBucket'),
  DeleteBucket: onBucket('s3:DeleteBucket'),
  GetObjectTagging: onObject('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
  PutObjectTagging: onObject('s3:PutObjectTagging', 's3:PutObjectVersionTagging'),
};

function deletedKeys({ input }: ActionCall): string[] {
  return [...String(input['xml'] ?? '').matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => (key ?? '').replaceAll('&amp;', '&'));
}
