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

/** The version that a qualifier leads to: an alias leads to its version, none leads to $LATEST. */
export function versionOf(
  { arn, aliases }: { readonly arn: string; readonly aliases: Readonly<Record<string, string>> },
  qualifier: string = LATEST,
): string {
  if (qualifier === LATEST) return LATEST;
  if (Object.hasOwn(aliases, qualifier)) return aliases[qualifier]!;
  if (Object.values(aliases).includes(qualifier)) return qualifier;
  throw functionNotFound(`${arn}:${qualifier}`);
}
