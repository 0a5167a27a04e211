import { PolicyError } from './policy-error';

/** Values of one operator and key of a Condition block. */
export interface Condition {
  /** As written: `StringLike`, `ForAnyValue:StringEqualsIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Who a statement of a resource policy is about: kind (`AWS`, `Service`, `Federated`, `CanonicalUser` or `*`) and names. */
export type PrincipalElement = Readonly<Record<string, readonly string[]>>;

/** One statement, its lists made plain. */
export interface Statement {
  /** Logical id of the policy and the statement's place in it: `ChatRoleDefaultPolicy83AB213A/0`. The same in every run. */
  readonly id: string;
  /** Where it stands in the app, for people: `Stack/Chat/Role/DefaultPolicy`. */
  readonly path: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: PrincipalElement;
  readonly notPrincipals?: PrincipalElement;
  readonly conditions: readonly Condition[];
  /** Policies of version 2012-10-17 have variables; in older ones `${` is a text. */
  readonly variables: boolean;
  /** The statement as the template has it, resolved. */
  readonly json: Readonly<Record<string, unknown>>;
}

export type PolicyKind = 'identity' | 'resource' | 'trust';

const ELEMENTS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition']);
const PRINCIPAL_KINDS = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/**
 * Reads one statement of a policy document. What IAM would refuse is an error here too, for a grammar that is read loosely allows more than AWS does.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readStatement(
  raw: unknown,
  kind: PolicyKind,
  where: { readonly id: string; readonly path: string; readonly version: string },
): Statement {
  const { id, path, version } = where;
  const fail = (problem: string): never => {
    throw new PolicyError(`policy statement ${id} (${path}): ${problem}`);
  };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return fail(`a statement must be an object, got ${JSON.stringify(raw)}`);
  const json = raw as Record<string, unknown>;
  const unknown = Object.keys(json).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) fail(`unknown element ${unknown}, allowed are ${[...ELEMENTS].join(', ')}`);
  const effect = json['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') return fail(`Effect must be Allow or Deny, got ${JSON.stringify(effect)}`);
  const either = (one: string, other: string, required: boolean) => {
    if (json[one] !== undefined && json[other] !== undefined) fail(`${one} and ${other} exclude each other`);
    if (required && json[one] === undefined && json[other] === undefined) fail(`${one} or ${other} is missing`);
  };
  either('Action', 'NotAction', true);
  either('Resource', 'NotResource', kind === 'identity');
  either('Principal', 'NotPrincipal', kind !== 'identity');
  if (kind === 'identity' && (json['Principal'] ?? json['NotPrincipal']) !== undefined) fail('a policy of a role names no Principal');
  const [actions, notActions] = [textsOf(json, 'Action', fail), textsOf(json, 'NotAction', fail)];
  const [resources, notResources] = [textsOf(json, 'Resource', fail), textsOf(json, 'NotResource', fail)];
  return {
    id,
    path,
    effect,
    ...(actions && { actions }),
    ...(notActions && { notActions }),
    ...(resources && { resources }),
    ...(notResources && { notResources }),
    ...(json['Principal'] !== undefined && { principals: principalsIn(json['Principal'], fail) }),
    ...(json['NotPrincipal'] !== undefined && { notPrincipals: principalsIn(json['NotPrincipal'], fail) }),
    conditions: conditionsIn(json['Condition'], fail),
    variables: version === '2012-10-17',
    json,
  };
}

type Fail = (problem: string) => never;

function textsOf(json: Readonly<Record<string, unknown>>, element: string, fail: Fail): readonly string[] | undefined {
  const value = json[element];
  if (value === undefined) return undefined;
  const values: unknown[] = Array.isArray(value) ? value.flat() : [value];
  if (values.length === 0 || !values.every((one) => typeof one === 'string')) {
    fail(`${element} must be a text or a list of texts, got ${JSON.stringify(value)}`);
  }
  return values as string[];
}

function principalsIn(value: unknown, fail: Fail): PrincipalElement {
  if (value === '*') return { '*': ['*'] };
  if (typeof value !== 'object' || value === null) return fail(`Principal must be "*" or an object, got ${JSON.stringify(value)}`);
  const entries = Object.entries(value).map(([kind, names]) => {
    if (!PRINCIPAL_KINDS.has(kind)) fail(`unknown kind of principal ${kind}, allowed are ${[...PRINCIPAL_KINDS].join(', ')}`);
    return [kind, (Array.isArray(names) ? names.flat() : [names]).map(String)] as const;
  });
  return Object.fromEntries(entries);
}

function conditionsIn(value: unknown, fail: Fail): Condition[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return fail(`Condition must be an object, got ${JSON.stringify(value)}`);
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries((keys ?? {}) as Record<string, unknown>).map(([key, values]) => ({
      operator,
      key,
      values: (Array.isArray(values) ? values.flat() : [values]).map(String),
    })),
  );
}
