import { managedPolicy } from '../iam/managed-policies';
import type { Statement } from '../iam/policy';
import { joined, NO_POLICY, type ReadPolicy, readDocument } from './policies';
import type { ResolvedStack, Resource } from './resolved-stack';

/** A role of the template with every policy that is attached to it. */
export interface RoleModel {
  readonly logicalId: string;
  /** Construct path. */
  readonly path: string;
  readonly name: string;
  readonly arn: string;
  readonly roleId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may assume it. */
  readonly trust: readonly Statement[];
  readonly policies: readonly Statement[];
  /** Absent when the role has no permissions boundary. */
  readonly boundary?: readonly Statement[];
  /** What the local run could not read, in one sentence each. */
  readonly problems: readonly string[];
}

type Located = Resource & { readonly stack: ResolvedStack };

/** The roles of all stacks: a policy of one stack may be attached to a role of another. */
export class RoleReader {
  private readonly policies: readonly Located[];
  private readonly managed: readonly Located[];

  constructor(private readonly stacks: readonly ResolvedStack[]) {
    this.policies = this.all('AWS::IAM::Policy', 'AWS::IAM::RolePolicy');
    this.managed = this.all('AWS::IAM::ManagedPolicy');
  }

  /** Roles by ARN, unread. */
  list(): ReadonlyMap<string, Located> {
    return new Map(this.all('AWS::IAM::Role').map((role) => [role.stack.identity(role.logicalId).arn ?? '', role]));
  }

  read({ stack, logicalId, path }: Located): RoleModel {
    const { name, arn = '', attributes } = stack.identity(logicalId);
    const trust = readDocument(stack, stack.rawProperty(logicalId, 'AssumeRolePolicyDocument'), {
      id: `${logicalId}/trust`,
      path,
      kind: 'trust',
    });
    const boundaryArn = stack.property(logicalId, 'PermissionsBoundary');
    const boundary = boundaryArn === undefined ? undefined : this.managedByArn(String(boundaryArn), path, `${logicalId}/boundary`);
    const own = joined([
      this.inline(stack, logicalId, path),
      ...((stack.property(logicalId, 'ManagedPolicyArns') ?? []) as string[]).map((one) => this.managedByArn(one, path, logicalId)),
      ...this.attached(name, arn),
    ]);
    const tags = (stack.property(logicalId, 'Tags') ?? []) as { Key: string; Value: string }[];
    return {
      logicalId,
      path,
      name,
      arn,
      roleId: String(attributes['RoleId'] ?? name),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
      trust: trust.statements,
      policies: own.statements,
      ...(boundary && { boundary: boundary.statements }),
      problems: joined([trust, own, boundary ?? NO_POLICY]).problems,
    };
  }

  private all(...types: readonly string[]): Located[] {
    return this.stacks.flatMap((stack) => stack.resourcesOf(...types).map((resource) => ({ ...resource, stack })));
  }

  private inline(stack: ResolvedStack, logicalId: string, path: string): ReadPolicy {
    const raw = stack.rawProperty(logicalId, 'Policies');
    const list = (Array.isArray(raw) ? raw : (stack.value(raw, `${logicalId}.Policies`) ?? [])) as unknown[];
    return joined(
      list.map((entry) => {
        const plain =
          (entry as { PolicyDocument?: unknown }).PolicyDocument === undefined ? stack.value(entry, `${logicalId}.Policies`) : entry;
        if (plain === undefined) return NO_POLICY;
        const { PolicyName, PolicyDocument } = plain as { PolicyName: unknown; PolicyDocument: unknown };
        const name = String(stack.value(PolicyName, `${logicalId}.Policies`));
        return readDocument(stack, PolicyDocument, { id: `${logicalId}/${name}`, path, kind: 'identity' });
      }),
    );
  }

  /** Policies that name the role themselves. */
  private attached(name: string, arn: string): ReadPolicy[] {
    const attachedTo = ({ stack, logicalId }: Located): boolean => {
      const roles = (stack.property(logicalId, 'Roles') ?? [stack.property(logicalId, 'RoleName')]) as unknown[];
      return roles.some((role) => role === name || role === arn);
    };
    return [...this.policies, ...this.managed].filter(attachedTo).map((policy) => this.documentOf(policy));
  }

  private managedByArn(policyArn: string, path: string, holder: string): ReadPolicy {
    const own = this.managed.find(({ stack, logicalId }) => stack.identity(logicalId).arn === policyArn);
    if (own) return this.documentOf(own);
    const ofAws = managedPolicy(policyArn, holder, path);
    if (ofAws) return { statements: ofAws, problems: [] };
    return {
      statements: [],
      problems: [
        `managed policy ${policyArn} of ${path} is not known to the local run, so what it allows is denied here; write out its statements`,
      ],
    };
  }

  private documentOf({ stack, logicalId, path }: Located): ReadPolicy {
    return readDocument(stack, stack.rawProperty(logicalId, 'PolicyDocument'), { id: logicalId, path, kind: 'identity' });
  }
}
