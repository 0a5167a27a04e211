import { ACCOUNT, REGION } from './physical-name';

/**
 * A stack that was synthesized for an account and a region has them written out in its template, in ARNs and in addresses. The local run has one
 * account and one region, so they become its own there. Names, mappings and other texts keep what they say.
 */
export function inLocalEnvironment<Value>(
  value: Value,
  environments: readonly { readonly account?: string; readonly region?: string }[],
): Value {
  const accounts = [...new Set(environments.flatMap(({ account }) => account ?? []))];
  const regions = [...new Set(environments.flatMap(({ region }) => region ?? []))];
  if (accounts.length + regions.length === 0) return value;
  const replacements = [
    // Parts of an Fn::Join begin and end anywhere.
    ...accounts.map((account) => ({ from: new RegExp(`(?<=[:/]|^)${account}(?=[:/]|$)`, 'g'), to: ACCOUNT })),
    ...regions.map((region) => ({ from: new RegExp(`(?<=[:.])${region}(?=[:.]|$)`, 'g'), to: REGION })),
  ];
  return rewritten(value, (text) => replacements.reduce((result, { from, to }) => result.replace(from, to), text)) as Value;
}

function rewritten(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value);
  if (Array.isArray(value)) return value.map((item) => rewritten(item, rewrite));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewritten(item, rewrite)]));
}
