import { ConditionContext, type RequestContext } from '../../../../lib/local/iam/context';
import { type AccessRequest, type Decision, evaluate, type PolicySet } from '../../../../lib/local/iam/evaluate';
import { type PolicyKind, readStatement, type Statement } from '../../../../lib/local/iam/policy';
import type { Principal } from '../../../../lib/local/iam/principal';

export const ROLE = 'arn:aws:iam::000000000000:role/Worker';
export const SESSION: Principal = { kind: 'role', roleArn: ROLE, sessionName: 'worker' };
export const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Orders';

/** Statements as a policy would hold them. */
export function statements(kind: PolicyKind, ...written: readonly object[]): Statement[] {
  return written.map((statement, index) =>
    readStatement(statement, kind, { id: `${kind}/${index}`, path: 'Stack/Policy', version: '2012-10-17' }),
  );
}

export const identity = (...written: readonly object[]) => statements('identity', ...written);
export const resource = (...written: readonly object[]) => statements('resource', ...written);

export function allow(action: string | string[], on: string | string[] = '*', more: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: on, ...more };
}

export function deny(action: string | string[], on: string | string[] = '*', more: object = {}): object {
  return { ...allow(action, on, more), Effect: 'Deny' };
}

/** Decides a request of the role's session on the table, unless told otherwise. */
export function decide(
  policies: Partial<PolicySet>,
  { context = {}, ...request }: Partial<Omit<AccessRequest, 'context'>> & { readonly context?: RequestContext } = {},
): Decision {
  return evaluate(
    { principal: SESSION, action: 'dynamodb:PutItem', resource: TABLE, ...request, context: new ConditionContext([context]) },
    { identity: [], ...policies },
  );
}

/** Whether a statement with that Condition block applies under the context. */
export function holds(condition: object, context: RequestContext = {}): boolean {
  return decide({ identity: identity(allow('*', '*', { Condition: condition })) }, { context }).allowed;
}
