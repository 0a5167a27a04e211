import { joined, type ReadPolicy, resourcePolicies } from '../assembly/policies';
import type { ResolvedStack } from '../assembly/resolved-stack';
import { type RoleModel, RoleReader } from '../assembly/roles';
import type { Statement } from './policy';

export interface AccountOptions {
  readonly stacks: readonly ResolvedStack[];
  /** Told what a policy says that the local run cannot read. */
  readonly onNotice: (notice: string) => void;
}

/** Roles and policies of the assembly. Each is read when it is first asked for, so that a start does not wait for them. */
export class Account {
  private readonly roles = new Map<string, RoleModel>();
  private readonly withdrawn = new Set<string>();
  private reader?: { readonly reader: RoleReader; readonly list: ReturnType<RoleReader['list']> };
  private resources?: ReadonlyMap<string, ReadPolicy>;
  private functions?: ReadonlyMap<string, string>;
  private tags?: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor(private readonly options: AccountOptions) {}

  /** Undefined for a role that no stack of the assembly makes. */
  role(roleArn: string): RoleModel | undefined {
    const known = this.roles.get(roleArn);
    if (known) return known;
    const { reader, list } = this.located();
    const found = list.get(roleArn);
    if (!found) return undefined;
    const role = reader.read(found);
    this.roles.set(roleArn, role);
    role.problems.forEach(this.options.onNotice);
    return role;
  }

  allRoles(): RoleModel[] {
    return [...this.located().list.keys()].map((roleArn) => this.role(roleArn) as RoleModel);
  }

  /** ARN of the role that a function runs under; undefined for one that the template does not have. */
  roleOfFunction(functionName: string): string | undefined {
    this.functions ??= new Map(
      this.options.stacks.flatMap((stack) =>
        stack
          .resourcesOf('AWS::Lambda::Function')
          .map(({ logicalId }): [string, string] => [stack.identity(logicalId).name, String(stack.property(logicalId, 'Role'))]),
      ),
    );
    return this.functions.get(functionName);
  }

  /** Undefined when the resource has no policy. */
  policyOn(resourceArn: string): readonly Statement[] | undefined {
    this.resources ??= this.readResourcePolicies();
    const policy = this.resources.get(ownerOf(resourceArn));
    return policy && this.inForce(policy.statements);
  }

  inForce(statements: readonly Statement[]): readonly Statement[] {
    return this.withdrawn.size === 0 ? statements : statements.filter(({ id }) => !this.withdrawn.has(id));
  }

  /** Takes a statement out of force. Returns its restoration. */
  withdraw(statementId: string): () => void {
    this.withdrawn.add(statementId);
    return () => void this.withdrawn.delete(statementId);
  }

  /** Value of a tag of a resource; the key is looked up without regard to case. */
  tagOf(resourceArn: string, key: string): string | undefined {
    this.tags ??= this.readTags();
    return this.tags.get(ownerOf(resourceArn))?.get(key.toLowerCase());
  }

  private located(): { readonly reader: RoleReader; readonly list: ReturnType<RoleReader['list']> } {
    if (this.reader === undefined) {
      const reader = new RoleReader(this.options.stacks);
      this.reader = { reader, list: reader.list() };
    }
    return this.reader;
  }

  private readResourcePolicies(): ReadonlyMap<string, ReadPolicy> {
    const all = new Map<string, ReadPolicy>();
    for (const stack of this.options.stacks) {
      for (const [resource, policy] of resourcePolicies(stack)) {
        policy.problems.forEach(this.options.onNotice);
        all.set(resource, joined([...(all.has(resource) ? [all.get(resource)!] : []), policy]));
      }
    }
    return all;
  }

  private readTags(): ReadonlyMap<string, ReadonlyMap<string, string>> {
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const stack of this.options.stacks) {
      for (const [logicalId, { Properties }] of Object.entries(stack.source.template.Resources ?? {})) {
        if (!Array.isArray(Properties?.['Tags'])) continue;
        const resource = stack.identity(logicalId).arn;
        const tags = stack.property(logicalId, 'Tags') as { Key: string; Value: unknown }[];
        if (resource) found.set(resource, new Map(tags.map(({ Key, Value }) => [Key.toLowerCase(), String(Value)])));
      }
    }
    return found;
  }
}

/** The resource that has the policy and the tags: of an object its bucket, of an index its table, of an alias its function. */
export function ownerOf(resourceArn: string): string {
  const [, , service, , , kind] = resourceArn.split(':');
  if (service === 's3') return resourceArn.split('/')[0]!;
  if (service === 'dynamodb') return resourceArn.split('/').slice(0, 2).join('/');
  if (service === 'lambda' && kind === 'function') return resourceArn.split(':').slice(0, 7).join(':');
  return resourceArn;
}
