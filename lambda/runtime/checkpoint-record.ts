import type { ClaimCheck } from '../contract/envelope';

export const RESULT_PREFIX = 'result#';
export const LEASE_KEY = 'lease';

/** What a sub-step returned: nothing at all, JSON text, or JSON text in S3. */
export type Recorded =
  | { readonly kind: 'undefined' }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'claim'; readonly claim: ClaimCheck };

/** Who may start sub-steps of a step; see docs/adr/0002-checkpoints-and-leases.md. */
export interface Lease {
  /** Grows with each takeover; 0 while only first attempts have run. */
  readonly fence: number;
  /** The holder has said that it starts nothing more. */
  readonly released: boolean;
  /** Times that the step continued under the redrive that was asked for. */
  readonly continuations: number;
}

/** A stored item as far as records use it. The SDK's own type would reach users, who may not have the SDK. */
export type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly BOOL?: boolean }>>;

/** RetryCount starts again with each redrive, so continuations are counted for each. */
export function continuationsAttribute(redrive: number): string {
  return `continuations${redrive}`;
}

export function encodeRecorded(recorded: Recorded): Record<string, { S: string }> {
  if (recorded.kind === 'undefined') return { kind: { S: 'undefined' } };
  if (recorded.kind === 'json') return { kind: { S: 'json' }, value: { S: recorded.text } };
  return { kind: { S: 'claim' }, value: { S: JSON.stringify(recorded.claim) } };
}

export function decodeRecorded(item: Item): Recorded {
  const kind = item['kind']?.S;
  const value = item['value']?.S;
  if (kind === 'undefined') return { kind };
  if (kind === 'json' && value !== undefined) return { kind, text: value };
  if (kind === 'claim' && value !== undefined) return { kind, claim: JSON.parse(value) as ClaimCheck };
  throw new Error(`checkpoint ${item['sk']?.S} of ${item['pk']?.S} is of unknown kind ${JSON.stringify(kind)}`);
}

export function decodeLease(item: Item | undefined, redrive: number): Lease | undefined {
  if (!item) return undefined;
  return {
    fence: Number(item['fence']?.N ?? 0),
    released: item['released']?.BOOL ?? false,
    continuations: Number(item[continuationsAttribute(redrive)]?.N ?? 0),
  };
}
