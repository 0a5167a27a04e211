import type { RequestContext } from './context';
import type { PrincipalElement, Statement } from './policy';
import { matchesText } from './wildcard';

/** A session of an assumed role: what functions, state machines, schedules and tasks call with. */
export interface RoleSession {
  readonly kind: 'role';
  readonly roleArn: string;
  readonly sessionName: string;
}

/** An AWS service that calls in its own name, for the resource that makes it do so. */
export interface ServicePrincipal {
  readonly kind: 'service';
  /** `events.amazonaws.com` */
  readonly service: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

/** Whoever holds no credentials of the local run: the developer, a test. Counts as an administrator of the account. */
export interface Administrator {
  readonly kind: 'administrator';
}

/** A request without a signature, such as one to a function URL that is open to all. */
export interface Anonymous {
  readonly kind: 'anonymous';
}

export type Principal = RoleSession | ServicePrincipal | Administrator | Anonymous;

export const ADMINISTRATOR: Administrator = { kind: 'administrator' };

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** `arn:aws:sts::000000000000:assumed-role/NAME/SESSION` */
export function sessionArn({ roleArn, sessionName }: RoleSession): string {
  const [, partition = 'aws'] = roleArn.split(':');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${accountOf(roleArn)}:assumed-role/${name}/${sessionName}`;
}

/** How an error message calls the principal. */
export function nameOf(principal: Principal, account: string): string {
  if (principal.kind === 'role') return sessionArn(principal);
  if (principal.kind === 'service') return principal.service;
  return principal.kind === 'administrator' ? `arn:aws:iam::${account}:root` : 'anonymous';
}

/** The keys that describe who calls. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable */
export function principalContext(
  principal: Principal,
  account: string,
  roleId: string,
  tags: Readonly<Record<string, string>> = {},
): RequestContext {
  if (principal.kind === 'service') {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal.service,
      'aws:PrincipalServiceNamesList': [principal.service],
      'aws:SourceAccount': principal.sourceAccount ?? account,
      ...(principal.sourceArn !== undefined && { 'aws:SourceArn': principal.sourceArn }),
    };
  }
  const common = { 'aws:PrincipalIsAWSService': 'false' };
  if (principal.kind === 'anonymous') return { ...common, 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' };
  if (principal.kind === 'administrator') {
    return {
      ...common,
      'aws:PrincipalAccount': account,
      'aws:PrincipalArn': `arn:aws:iam::${account}:root`,
      'aws:PrincipalType': 'Account',
      'aws:userid': account,
    };
  }
  return {
    ...common,
    'aws:PrincipalAccount': accountOf(principal.roleArn),
    'aws:PrincipalArn': principal.roleArn,
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': `${roleId}:${principal.sessionName}`,
    'aws:MultiFactorAuthPresent': 'false',
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}

/** How closely a statement of a resource policy names the caller: the account only hands the question on to the account's own policies. */
export type PrincipalMatch = 'none' | 'account' | 'role' | 'exact';

function matchNames(element: PrincipalElement, principal: Principal): PrincipalMatch {
  if (element['*'] !== undefined) return 'exact';
  const aws = element['AWS'] ?? [];
  if (aws.includes('*')) return 'exact';
  if (principal.kind === 'service') {
    return (element['Service'] ?? []).some((name) => name === principal.service) ? 'exact' : 'none';
  }
  if (principal.kind === 'anonymous') return 'none';
  const account = principal.kind === 'role' ? accountOf(principal.roleArn) : undefined;
  if (principal.kind === 'role') {
    if (aws.includes(sessionArn(principal))) return 'exact';
    if (aws.includes(principal.roleArn)) return 'role';
  }
  const roots = aws.some((name) => /^\d{12}$/.test(name) || /^arn:[^:]+:iam::\d{12}:root$/.test(name));
  if (!roots) return 'none';
  if (account === undefined) return 'account';
  return aws.some((name) => name === account || (matchesText('arn:*:iam::*:root', name) && accountOf(name) === account))
    ? 'account'
    : 'none';
}

/** Whether the Principal or NotPrincipal of a statement is about the caller. */
export function matchPrincipal({ principals, notPrincipals }: Statement, principal: Principal): PrincipalMatch {
  if (principals !== undefined) return matchNames(principals, principal);
  if (notPrincipals === undefined) return 'exact';
  return matchNames(notPrincipals, principal) === 'none' ? 'exact' : 'none';
}
