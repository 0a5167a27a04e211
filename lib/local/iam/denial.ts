import type { AccessRequest, Decision } from './evaluate';
import { nameOf } from './principal';

export type Refusal = Extract<Decision, { readonly allowed: false }>;

const POLICY_NAMES = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based policy',
} as const;

/** Services whose messages spell actions in their own way. */
const SPELLING: Readonly<Record<string, (action: string) => string>> = {
  sqs: (action) => action.toLowerCase(),
  sns: (action) => action.replace(/^sns:/, 'SNS:'),
};

/**
 * The sentence in which AWS refuses.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(
  { principal, action, resource }: Pick<AccessRequest, 'principal' | 'action' | 'resource'>,
  refusal: Refusal,
  account: string,
): string {
  const service = action.split(':')[0] ?? '';
  const spelled = SPELLING[service]?.(action) ?? action;
  const name = POLICY_NAMES[refusal.part];
  const quoted = service === 's3' ? `"${resource}"` : resource;
  const on = resource === '*' ? '' : ` on resource: ${quoted}`;
  const why = refusal.explicit
    ? `with an explicit deny in ${refusal.part === 'identity' ? 'an' : 'a'} ${name}`
    : `because no ${name} allows the ${spelled} action`;
  return `User: ${nameOf(principal, account)} is not authorized to perform: ${spelled}${on} ${why}`;
}

/** The least statement that would allow the request. */
export function missingStatement({ action, resource }: Pick<AccessRequest, 'action' | 'resource'>): Record<string, unknown> {
  return { Effect: 'Allow', Action: action, Resource: resource };
}
