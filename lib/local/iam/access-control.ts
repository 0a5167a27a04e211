import type { RoleModel } from '../assembly/roles';
import type { Clock } from '../clock';
import { AccessDeniedError } from './access-denied';
import type { Account } from './account';
import { ConditionContext, type RequestContext } from './context';
import { type Decision, evaluate, type PolicySet } from './evaluate';
import type { Statement } from './policy';
import { type Principal, principalContext, type RoleSession } from './principal';

/** Whether a call that AWS would refuse is refused here too, or only reported. */
export type PermissionMode = 'enforced' | 'reported';

/** One permission that a call needs. */
export interface Check {
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly context?: RequestContext;
}

export interface AccessControlOptions {
  readonly account: Account;
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  readonly mode: PermissionMode;
  readonly onNotice: (notice: string) => void;
}

/** Actions whose answer is the resource's alone: its policy must let the caller in, or hand the question on to the account. */
const RESOURCE_DECIDES = /^(kms|sts):/;

/** Decides every permission of a local run, and remembers which statements were used and what was denied. */
export class AccessControl {
  /** How often a statement gave a permission, by its id. */
  readonly uses = new Map<string, number>();
  /** Every denial so far, oldest first. */
  readonly denials: AccessDeniedError[] = [];
  private readonly unknownRoles = new Set<string>();

  constructor(private readonly options: AccessControlOptions) {}

  get account(): Account {
    return this.options.account;
  }

  get mode(): PermissionMode {
    return this.options.mode;
  }

  /**
   * Makes sure that the caller may do all of it.
   *
   * @throws AccessDeniedError naming the first permission that is missing, unless denials are only reported
   * @throws PolicyError when a policy says something that cannot be evaluated here
   */
  authorize(principal: Principal, checks: readonly Check[]): void {
    for (const check of checks) {
      const denied = this.denialOf(principal, check);
      if (denied !== undefined && this.options.mode === 'enforced') throw denied;
    }
  }

  /** Why the caller may not do it, remembered and told; undefined when it may. */
  denialOf(principal: Principal, check: Check): AccessDeniedError | undefined {
    const decision = this.decide(principal, check);
    if (decision.allowed) return undefined;
    const error = new AccessDeniedError({ principal, ...check }, decision, this.options.accountId);
    this.denials.push(error);
    this.options.onNotice(`denied: ${error.message}; ${error.fix}`);
    return error;
  }

  /** Like `authorize`, for one permission whose absence is no failure of the call. Neither reported nor counted. */
  permits(principal: Principal, check: Check): boolean {
    return this.decide(principal, check).allowed;
  }

  private decide(principal: Principal, { action, resource, context = {} }: Check): Decision {
    const { accountId } = this.options;
    const role = principal.kind === 'role' ? this.roleOf(principal) : undefined;
    if (principal.kind === 'role' && role === undefined) return { allowed: true, by: [] };
    const about = principalContext(principal, accountId, role?.roleId ?? accountId, role?.tags);
    const request = new ConditionContext([this.surroundings(action), about, context], (key) => this.tag(resource, key));
    const decision = evaluate({ principal, action, resource, context: request }, this.policies(role, action, resource));
    if (decision.allowed) for (const { id } of decision.by) this.uses.set(id, (this.uses.get(id) ?? 0) + 1);
    return decision;
  }

  private policies(role: RoleModel | undefined, action: string, resource: string): PolicySet {
    const { account } = this.options;
    const decides = RESOURCE_DECIDES.test(action) && resource !== '*';
    const onResource = action === 'sts:AssumeRole' ? this.trustOf(resource) : account.policyOn(resource);
    return {
      identity: role === undefined ? [] : account.inForce(role.policies),
      ...(role?.boundary && { boundary: account.inForce(role.boundary) }),
      ...(onResource && { resource: onResource }),
      // A key or role outside of the assembly has a policy that nobody here knows.
      ...(decides && onResource !== undefined && { resourceDecides: true }),
    };
  }

  private trustOf(roleArn: string): readonly Statement[] | undefined {
    const role = this.options.account.role(roleArn);
    return role && this.options.account.inForce(role.trust);
  }

  private surroundings(action: string): RequestContext {
    const { clock, region, accountId } = this.options;
    const now = new Date(clock.now());
    return {
      'aws:CurrentTime': now.toISOString(),
      'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
      'aws:RequestedRegion': region,
      'aws:ResourceAccount': accountId,
      // Loopback stands in for the TLS connection that the same client opens on AWS; without this every enforceSSL would deny every call.
      'aws:SecureTransport': 'true',
      'aws:SourceIp': '127.0.0.1',
      'aws:ViaAWSService': 'false',
      ...(action.startsWith('s3:') && { 's3:TlsVersion': '1.3', 's3:ResourceAccount': accountId }),
      ...(action.startsWith('kms:') && { 'kms:CallerAccount': accountId }),
    };
  }

  private tag(resource: string, key: string): string | undefined {
    const [, name] = /^(?:aws|ecs|iam|ssm|secretsmanager):resourcetag\/(.+)$/.exec(key) ?? [];
    return name === undefined ? undefined : this.options.account.tagOf(resource, name);
  }

  private roleOf({ roleArn }: RoleSession): RoleModel | undefined {
    const role = this.options.account.role(roleArn);
    if (role === undefined && !this.unknownRoles.has(roleArn)) {
      this.unknownRoles.add(roleArn);
      this.options.onNotice(`${roleArn} is made by no stack of the assembly, so calls with it are not checked`);
    }
    return role;
  }
}
