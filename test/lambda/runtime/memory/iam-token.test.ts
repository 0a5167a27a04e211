import { createHash, createHmac } from 'node:crypto';
import { cacheToken, environmentCredentials } from '../../../../lambda/runtime/memory/iam-token';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'top/secret', sessionToken: 'session+/=' };
const identity = { cacheName: 'Chat-Cache', user: 'chat-user', region: 'eu-west-1' };
const now = new Date('2026-11-24T05:00:00Z');

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** What ElastiCache computes over the request that it receives. */
function expectedSignature(host: string, query: string): string {
  const signed = query
    .split('&')
    .filter((pair) => !pair.startsWith('X-Amz-Signature='))
    .sort()
    .join('&');
  const scope = '20261124/eu-west-1/elasticache/aws4_request';
  const canonical = ['GET', '/', signed, `host:${host}`, '', 'host', sha256('')].join('\n');
  const key = ['eu-west-1', 'elasticache', 'aws4_request'].reduce(hmac, hmac(`AWS4${credentials.secretAccessKey}`, '20261124'));
  return hmac(key, ['AWS4-HMAC-SHA256', '20261124T050000Z', scope, sha256(canonical)].join('\n')).toString('hex');
}

test('is the presigned connect request of a serverless cache, without its scheme', async () => {
  const token = await cacheToken(identity, credentials, now);
  const [host, query = ''] = token.split('/?');
  expect(host).toBe('chat-cache');
  expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
    Action: 'connect',
    User: 'chat-user',
    ResourceType: 'ServerlessCache',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDEXAMPLE/20261124/eu-west-1/elasticache/aws4_request',
    'X-Amz-Date': '20261124T050000Z',
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Security-Token': 'session+/=',
    'X-Amz-Signature': expectedSignature('chat-cache', query),
  });
});

test('differs a second later: every connection has a password of its own', async () => {
  const later = await cacheToken(identity, credentials, new Date(now.getTime() + 1_000));
  expect(later).not.toBe(await cacheToken(identity, credentials, now));
});

test('without credentials it says so', () => {
  const saved = { ...process.env };
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  expect(environmentCredentials).toThrow('no AWS credentials in the environment to sign in to the cache with');
  Object.assign(process.env, saved);
});
