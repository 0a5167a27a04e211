import type { IncomingHttpHeaders } from 'node:http';
import { ACCOUNT } from '../assembly/physical-name';

/** Who calls, as an authorizer of API Gateway or a function URL would say. */
export type Caller =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'iam'; readonly userId: string; readonly userArn: string }
  | { readonly kind: 'claims'; readonly claims: Readonly<Record<string, unknown>> }
  /** What the function of an authorizer said. */
  | { readonly kind: 'authorizer'; readonly principalId?: string; readonly context: Readonly<Record<string, unknown>> };

/** User of requests that are not signed. */
const DEFAULT_USER = 'local';

/** The caller of a route with that kind of authorization; undefined when the service would answer 401. */
export function callerOf(authorization: string, headers: IncomingHttpHeaders): Caller | undefined {
  const header = headers.authorization ?? '';
  if (authorization === 'AWS_IAM') {
    const user = /Credential=([^/]+)\//.exec(header)?.[1] ?? DEFAULT_USER;
    return { kind: 'iam', userId: user, userArn: `arn:aws:iam::${ACCOUNT}:user/${user}` };
  }
  if (authorization !== 'JWT' && authorization !== 'COGNITO_USER_POOLS') return { kind: 'nobody' };
  const claims = claimsIn(header.replace(/^Bearer\s+/i, ''));
  return claims && { kind: 'claims', claims };
}

function claimsIn(token: string): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
