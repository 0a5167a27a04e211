import { denialMessage, missingStatement, type Refusal } from './denial';
import type { AccessRequest } from './evaluate';
import { grantFor } from './grants';
import { nameOf, type Principal } from './principal';

/** A call that AWS would refuse. The message is AWS's; how to give the permission stands beside it. */
export class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedException';
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** The statement that is missing, or the Deny that stands in the way. */
  readonly statement: Readonly<Record<string, unknown>>;
  /** One sentence that says how to give the permission. */
  readonly fix: string;

  constructor(
    request: Pick<AccessRequest, 'principal' | 'action' | 'resource'>,
    readonly refusal: Refusal,
    readonly account: string,
  ) {
    super(denialMessage(request, refusal, account));
    this.principal = request.principal;
    this.action = request.action;
    this.resource = request.resource;
    this.statement = refusal.statement?.json ?? missingStatement(request);
    this.fix = fixOf(request, refusal, this.statement, account);
  }
}

function fixOf(
  { principal, action }: Pick<AccessRequest, 'principal' | 'action' | 'resource'>,
  { explicit, part, statement }: Refusal,
  json: Readonly<Record<string, unknown>>,
  account: string,
): string {
  const line = JSON.stringify(json);
  if (explicit) return `the Deny of ${statement?.id} (${statement?.path}) forbids it: ${line}`;
  if (part === 'boundary') return `add it to the permissions boundary of the role too: ${line}`;
  if (part === 'session') return `add it to the session policy too: ${line}`;
  if (part === 'resource') {
    const who = principal.kind === 'service' ? { Service: principal.service } : { AWS: nameOf(principal, account) };
    return `add to the policy of the resource: ${JSON.stringify({ ...json, Principal: who })}`;
  }
  const grant = grantFor(action);
  return `add to the role: ${line}${grant === undefined ? '' : `, for instance with ${grant}`}`;
}
