import { conditionMatches } from './conditions';
import type { ConditionContext } from './context';
import type { Statement } from './policy';
import { PolicyError } from './policy-error';
import { matchPrincipal, type Principal } from './principal';
import { substituted } from './variables';
import { matchesAction, matchesResource } from './wildcard';

/** One permission that a call needs. */
export interface AccessRequest {
  readonly principal: Principal;
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` for an action that is about no resource. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** All policies that have a say. */
export interface PolicySet {
  readonly identity: readonly Statement[];
  /** Absent when the role has no permissions boundary. */
  readonly boundary?: readonly Statement[];
  /** Absent when the session was opened without a policy of its own. */
  readonly session?: readonly Statement[];
  /** Absent when the resource has no policy. */
  readonly resource?: readonly Statement[];
  /** The resource's policy must allow, whatever the caller's own policies say: keys of KMS and roles to be assumed. */
  readonly resourceDecides?: boolean;
}

export type PolicyPart = 'identity' | 'boundary' | 'session' | 'resource';

export type Decision =
  | { readonly allowed: true; readonly by: readonly Statement[] }
  | { readonly allowed: false; readonly explicit: boolean; readonly part: PolicyPart; readonly statement?: Statement };

function matchesAny(
  patterns: readonly string[],
  statement: Statement,
  context: ConditionContext,
  test: (pattern: string) => boolean,
): boolean {
  return patterns.some((pattern) => {
    const text = statement.variables ? substituted(pattern, context) : pattern;
    return text !== undefined && test(text);
  });
}

/** Whether a statement is about the request, its principal aside. */
export function applies(statement: Statement, { action, resource, context }: AccessRequest): boolean {
  const { actions, notActions, resources, notResources, conditions, variables } = statement;
  if (actions !== undefined && !actions.some((pattern) => matchesAction(pattern, action))) return false;
  if (notActions?.some((pattern) => matchesAction(pattern, action))) return false;
  const onResource = (pattern: string) => matchesResource(pattern, resource);
  if (resources !== undefined && !matchesAny(resources, statement, context, onResource)) return false;
  if (notResources !== undefined && matchesAny(notResources, statement, context, onResource)) return false;
  try {
    return conditions.every((condition) => conditionMatches(condition, context, variables));
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new PolicyError(
      `cannot evaluate ${action} on ${resource} against policy statement ${statement.id} (${statement.path}): ${error.message}`,
    );
  }
}

function first(statements: readonly Statement[] | undefined, effect: 'Allow' | 'Deny', request: AccessRequest): Statement | undefined {
  return statements?.find((statement) => statement.effect === effect && applies(statement, request));
}

const PARTS = ['identity', 'boundary', 'session'] as const;

/**
 * Decides as IAM does within one account: an explicit Deny wins; then the resource's policy or the caller's own must allow; a permissions boundary and
 * a session policy limit what the caller's own policies allow, and what a resource's policy gives to the role rather than to the session.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(request: AccessRequest, policies: PolicySet): Decision {
  for (const part of PARTS) {
    const statement = first(policies[part], 'Deny', request);
    if (statement) return { allowed: false, explicit: true, part, statement };
  }
  const onCaller = (policies.resource ?? []).filter((statement) => matchPrincipal(statement, request.principal) !== 'none');
  const denied = first(onCaller, 'Deny', request);
  if (denied) return { allowed: false, explicit: true, part: 'resource', statement: denied };

  const granting = onCaller.filter((statement) => statement.effect === 'Allow' && applies(statement, request));
  const withMatch = (...wanted: readonly string[]) =>
    granting.find((statement) => wanted.includes(matchPrincipal(statement, request.principal)));
  const toSession = withMatch('exact');
  if (toSession) return { allowed: true, by: [toSession] };
  const toRole = withMatch('role');
  const toAccount = withMatch('account');
  if (policies.resourceDecides && !toRole && !toAccount) return { allowed: false, explicit: false, part: 'resource' };

  const own = toRole ?? (request.principal.kind === 'administrator' ? undefined : first(policies.identity, 'Allow', request));
  if (request.principal.kind === 'administrator') return { allowed: true, by: [] };
  if (!own) {
    // A service has no policies of its own: only the resource can let it in.
    return { allowed: false, explicit: false, part: request.principal.kind === 'role' ? 'identity' : 'resource' };
  }
  const by = [own, ...(policies.resourceDecides && toAccount ? [toAccount] : [])];
  for (const part of ['boundary', 'session'] as const) {
    if (policies[part] === undefined) continue;
    const limit = first(policies[part], 'Allow', request);
    if (!limit) return { allowed: false, explicit: false, part };
    by.push(limit);
  }
  return { allowed: true, by };
}
