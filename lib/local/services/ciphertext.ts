/** What a ciphertext of the local run holds: nothing in it is secret. */
export interface Sealed {
  readonly keyArn: string;
  /** Base64. */
  readonly plaintext: string;
  readonly context: Readonly<Record<string, string>>;
}

const MARK = 'local-kms:';

/** Base64 of the blob that clients carry about. */
export function sealed(content: Sealed): string {
  return Buffer.from(MARK + JSON.stringify(content)).toString('base64');
}

/** Undefined for bytes that no key of the local run made. */
export function unsealed(ciphertext: string): Sealed | undefined {
  const text = Buffer.from(ciphertext, 'base64').toString('utf8');
  if (!text.startsWith(MARK)) return undefined;
  try {
    return JSON.parse(text.slice(MARK.length)) as Sealed;
  } catch {
    return undefined;
  }
}
