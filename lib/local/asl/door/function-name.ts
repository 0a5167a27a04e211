/** A function as a FunctionName, a Resource or the key of a mock names it. */
export interface FunctionName {
  readonly name: string;
  /** `arn:aws:lambda:eu-west-1:111122223333`; undefined where the function is named without it. */
  readonly owner?: string;
  readonly qualifier?: string;
}

const ARN = /^(arn:[\w-]+:lambda:[\w-]+:\d+):function:([\w-]+)(?::([\w$-]+))?$/;
const PARTIAL_ARN = /^(?:\d+:)?(?:function:)?([\w-]+)(?::([\w$-]+))?$/;

/** Undefined for text that names no function. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const arn = ARN.exec(text);
  const [owner, name, qualifier] = arn === null ? [undefined, ...(PARTIAL_ARN.exec(text)?.slice(1) ?? [])] : arn.slice(1);
  if (name === undefined) return undefined;
  return { name, ...(owner !== undefined && { owner }), ...(qualifier !== undefined && { qualifier }) };
}

/** Whether `key`, which may leave account and qualifier open, names `called`. */
export function namesFunction(key: FunctionName, called: FunctionName): boolean {
  const sameOwner = key.owner === undefined || called.owner === undefined || key.owner === called.owner;
  return key.name === called.name && sameOwner && (key.qualifier === undefined || key.qualifier === called.qualifier);
}
