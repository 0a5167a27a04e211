import type { FunctionSpec } from './function-spec';
import { functionNotFound, invalidParameter } from './service-error';

/** A function as callers name it: `name`, `name:qualifier`, a partial ARN, an ARN or a qualified ARN. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
}

export const LATEST = '$LATEST';

const NAME = /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d{12}:function:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?$/;

export function parseFunctionName(reference: string, qualifier?: string): FunctionReference {
  const match = NAME.exec(reference);
  if (match === null) {
    throw invalidParameter(`not a function name or ARN: "${reference}"; expected name, name:qualifier, an ARN or a qualified ARN`);
  }
  const [, name = '', derived] = match;
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return { name, qualifier: qualifier ?? derived };
}

/** Every published version, in order. */
export function publishedVersions({ aliases, versions = [], weights = {} }: Versioned): string[] {
  const known = new Set([...versions, ...Object.values(aliases), ...Object.values(weights).flatMap((shares) => Object.keys(shares))]);
  known.delete(LATEST);
  return [...known].sort((a, b) => Number(a) - Number(b));
}

/** The version that a qualifier leads to: an alias leads to its version, none leads to $LATEST. */
export function versionOf(spec: Versioned & { readonly arn: string }, qualifier: string = LATEST): string {
  if (qualifier === LATEST) return LATEST;
  if (Object.hasOwn(spec.aliases, qualifier)) return spec.aliases[qualifier]!;
  if (publishedVersions(spec).includes(qualifier)) return qualifier;
  throw functionNotFound(`${spec.arn}:${qualifier}`);
}

type Versioned = Pick<FunctionSpec, 'aliases' | 'versions' | 'weights'>;
