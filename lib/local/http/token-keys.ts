import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const LOCAL_KEY = 'local-run';
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;
const USUAL_LIFE_SECONDS = 3600;

export interface TokenRequest {
  readonly issuer: string;
  readonly audience?: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Keys that tokens are signed with: the local run's own, which stands in for every issuer elsewhere, and those of issuers on this machine. */
export class TokenKeys {
  private own?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  private readonly fetched = new Map<string, Promise<readonly Readonly<Record<string, unknown>>[]>>();

  /** A token as the issuer would sign it, valid for an hour unless its claims say otherwise. */
  mint({ issuer, audience, claims }: TokenRequest, now: number): string {
    const seconds = Math.floor(now / 1000);
    const header = { alg: 'RS256', typ: 'JWT', kid: LOCAL_KEY };
    const whole = {
      iss: issuer,
      ...(audience !== undefined && { aud: audience }),
      iat: seconds,
      exp: seconds + USUAL_LIFE_SECONDS,
      ...claims,
    };
    const content = [header, whole].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${content}.${sign('sha256', Buffer.from(content), this.pair().privateKey).toString('base64url')}`;
  }

  /** @throws when the issuer's keys are not on this machine and the token is not the local run's */
  async keyOf(kid: unknown, issuer: string): Promise<KeyObject | undefined> {
    if (kid === LOCAL_KEY) return this.pair().publicKey;
    if (!LOOPBACK.test(issuer)) {
      throw new Error(
        `the keys of issuer ${issuer} are not on this machine; sign in with a token of LocalRunner.token, or run the issuer on loopback`,
      );
    }
    const keys = this.fetched.get(issuer) ?? fetchKeys(issuer);
    this.fetched.set(issuer, keys);
    keys.catch(() => this.fetched.delete(issuer));
    const jwk = (await keys).find((key) => key['kid'] === kid);
    return jwk && createPublicKey({ key: jwk as never, format: 'jwk' });
  }

  private pair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
    this.own ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return this.own;
  }
}

async function fetchKeys(issuer: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const base = issuer.replace(/\/$/, '');
  const { jwks_uri: address } = (await read(`${base}/.well-known/openid-configuration`)) as { jwks_uri?: string };
  const { keys = [] } = (await read(address ?? `${base}/.well-known/jwks.json`)) as { keys?: Readonly<Record<string, unknown>>[] };
  return keys;
}

async function read(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}
