import type { AwsCredentialIdentity } from '@smithy/types';

export interface CacheIdentity {
  readonly cacheName: string;
  readonly user: string;
  readonly region: string;
}

/** Longest life that ElastiCache accepts. Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
const TOKEN_SECONDS = 900;

/** A password for one connection: the presigned "connect" request without its scheme. Signed locally, no request is made. */
export async function cacheToken(
  { cacheName, user, region }: CacheIdentity,
  credentials: AwsCredentialIdentity | (() => Promise<AwsCredentialIdentity>),
  now: Date = new Date(),
): Promise<string> {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([import('@smithy/signature-v4'), import('@aws-crypto/sha256-js')]);
  const hostname = cacheName.toLowerCase();
  const signer = new SignatureV4({ service: 'elasticache', region, credentials, sha256: Sha256 });
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname,
      path: '/',
      headers: { host: hostname },
      // Without ResourceType a serverless cache refuses the token.
      query: { Action: 'connect', User: user, ResourceType: 'ServerlessCache' },
    },
    { expiresIn: TOKEN_SECONDS, signingDate: now },
  );
  const parameters = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
  return `${hostname}/?${parameters.join('&')}`;
}

/** As signed: RFC 3986, which also escapes what encodeURIComponent leaves alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What Lambda puts into every environment; read at each use, since it belongs to the environment that runs now. */
export function environmentCredentials(): AwsCredentialIdentity {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (!accessKeyId || !secretAccessKey) throw new Error('no AWS credentials in the environment to sign in to the cache with');
  return { accessKeyId, secretAccessKey, sessionToken };
}
