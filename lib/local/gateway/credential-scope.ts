import type { IncomingMessage } from 'node:http';

/** What a Signature Version 4 request says about its signer. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name of the service. */
  readonly service: string;
}

const SCOPE = /^([^/]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request$/;
/** Signature Version 4A leaves the region out of its scope. */
const SCOPE_WITHOUT_REGION = /^([^/]+)\/\d{8}\/([^/]+)\/aws4_request$/;

function parseScope(scope: string): CredentialScope | undefined {
  const whole = SCOPE.exec(scope);
  if (whole) return { accessKeyId: whole[1]!, region: whole[2]!, service: whole[3]! };
  const short = SCOPE_WITHOUT_REGION.exec(scope);
  return short ? { accessKeyId: short[1]!, region: '*', service: short[2]! } : undefined;
}

/** Reads the credential scope from the Authorization header or, for a presigned URL, from its query; undefined when the request is not signed. */
export function credentialScope({ headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>): CredentialScope | undefined {
  const signed = /^AWS4-\S+\s+(?:.*[\s,])?Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  if (signed !== undefined) return parseScope(signed);
  const query = url.indexOf('?');
  const presigned = query === -1 ? null : new URLSearchParams(url.slice(query + 1)).get('X-Amz-Credential');
  return presigned === null ? undefined : parseScope(presigned);
}
