import type { AccessControl } from './access-control';
import type { AccessDeniedError } from './access-denied';
import { nameOf } from './principal';
import type { ServicePermissions } from './service-permissions';

/** A call that was refused, or would have been. */
export interface Denial {
  /** What AWS says: who, action, resource and why. */
  readonly message: string;
  /** ARN of the caller's session, or the name of a service. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  /** The statement that would allow the call, or the Deny that forbids it, and what to call for it. */
  readonly fix: string;
}

/** A statement of a role: of its policies, its permissions boundary or its trust policy. */
export interface RoleStatement {
  /** Logical id of the policy and the statement's place in it. */
  readonly id: string;
  /** Construct path of the policy. */
  readonly path: string;
  readonly roleArn: string;
  readonly kind: 'policy' | 'boundary' | 'trust';
  readonly statement: Readonly<Record<string, unknown>>;
  /** How many permissions it has given so far. */
  readonly uses: number;
}

/** The permissions of a local run: what was used, what was denied, and what happens without a statement. */
export class Permissions {
  constructor(
    private readonly access: AccessControl,
    private readonly services: ServicePermissions,
  ) {}

  /** Every denial so far, oldest first. */
  get denials(): readonly Denial[] {
    return this.access.denials.map(denialOf);
  }

  /**
   * What AWS itself does with roles when it deploys the stacks, checked again; done once at the start.
   *
   * @returns what would stand in the way
   */
  checkDeployment(): readonly Denial[] {
    return this.services.atDeployment().map(denialOf);
  }

  /** Every statement of every role of the stacks. */
  statements(): RoleStatement[] {
    return this.access.account.allRoles().flatMap((role) =>
      (
        [
          ['policy', role.policies],
          ['boundary', role.boundary ?? []],
          ['trust', role.trust],
        ] as const
      ).flatMap(([kind, statements]) =>
        statements.map(({ id, path, json }) => ({
          id,
          path,
          roleArn: role.arn,
          kind,
          statement: json,
          uses: this.access.uses.get(id) ?? 0,
        })),
      ),
    );
  }

  /**
   * Takes a statement out of force, to see what needs it.
   *
   * @returns its restoration
   * @throws when no role has such a statement
   */
  withdraw(statementId: string): () => void {
    if (!this.statements().some(({ id }) => id === statementId)) throw new Error(`no role has a statement ${statementId}`);
    return this.access.account.withdraw(statementId);
  }
}

function denialOf({ message, principal, action, resource, fix, account }: AccessDeniedError): Denial {
  return { message, caller: nameOf(principal, account), action, resource, fix };
}
