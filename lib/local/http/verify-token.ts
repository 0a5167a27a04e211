import { verify } from 'node:crypto';
import type { TokenAuthorizer } from '../assembly/authorizers';
import type { TokenKeys } from './token-keys';

type Claims = Readonly<Record<string, unknown>>;

/** Why a token lets nobody in. */
export class TokenRefused extends Error {}

/** A token that lets its bearer in only with a scope that it does not have. */
export class ScopeMissing extends Error {}

/**
 * The claims of a token, once everything about it was checked that API Gateway checks.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 *
 * @throws TokenRefused, ScopeMissing, or an Error when the issuer's keys cannot be had
 */
export async function verifiedClaims(
  token: string,
  { issuer, audience }: TokenAuthorizer,
  scopes: readonly string[],
  keys: TokenKeys,
  now: number,
): Promise<Claims> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const [header, claims] = [decoded(head), decoded(body)];
  if (header['alg'] !== 'RS256') throw new TokenRefused(`a token must be signed with RS256, got ${String(header['alg'])}`);
  if (claims['iss'] !== issuer) throw new TokenRefused(`the issuer must be ${issuer}, got ${String(claims['iss'])}`);
  const key = await keys.keyOf(header['kid'], issuer);
  if (key === undefined || !verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) {
    throw new TokenRefused('the signature is not that of the issuer');
  }
  const named = [claims['aud'] ?? claims['client_id'] ?? []].flat().map(String);
  if (audience.length > 0 && !named.some((name) => audience.includes(name))) {
    throw new TokenRefused(`the audience must be one of ${audience.join(', ')}, got ${named.join(', ') || 'none'}`);
  }
  checkTimes(claims, now / 1000);
  const given = [claims['scope'] ?? claims['scp'] ?? []].flat().flatMap((text) => String(text).split(' '));
  if (scopes.length > 0 && !scopes.some((scope) => given.includes(scope)))
    throw new ScopeMissing(`one of the scopes ${scopes.join(', ')} is needed`);
  return claims;
}

function checkTimes({ exp, nbf, iat }: Claims, now: number): void {
  if (typeof exp !== 'number' || exp <= now) throw new TokenRefused('the token has expired');
  if (typeof nbf === 'number' && nbf > now) throw new TokenRefused('the token is not valid yet');
  if (typeof iat === 'number' && iat > now) throw new TokenRefused('the token is of the future');
}

function decoded(part: string): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Claims;
  } catch {
    // Said below.
  }
  throw new TokenRefused('it is no token');
}
