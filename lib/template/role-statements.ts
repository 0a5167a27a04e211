import { embeddedJson } from './embedded-json';
import type { Resource } from './resource';
import { perGraph, type ResourceGraph } from './resource-graph';
import { itemsOf, MapValue, partsOf, Reference, type Value } from './value';

/** One statement of a policy; what it leaves out is empty. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  /** As written, wildcards and all. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly Value[];
  readonly notResources: readonly Value[];
  readonly condition: MapValue | undefined;
  /** Role, policy or managed policy in which it stands. */
  readonly in: Resource;
}

const ROLE = 'AWS::IAM::Role';
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];

/** Statements of the policies that a role has, as far as the templates hold them. Managed policies of AWS are named by `managedPolicies`. */
export function statementsOf(graph: ResourceGraph, role: Resource): readonly PolicyStatement[] {
  return statementsByRole(graph).get(role) ?? [];
}

/** Names of the AWS managed policies of a role: `service-role/AWSLambdaBasicExecutionRole`. */
export function managedPolicies(role: Resource): readonly string[] {
  return role.list('ManagedPolicyArns').flatMap((arn) => {
    const text = itemsOf(arn).map((item) => (typeof item === 'string' ? item : lastText(item)));
    return text.flatMap((one) => /:policy\/(.+)$/.exec(one)?.[1] ?? []);
  });
}

function lastText(value: Value): string {
  return String(partsOf(value).findLast((part) => typeof part === 'string') ?? '');
}

/** The role of a function, a task definition or a state machine, where a template holds it. */
export function roleOf(resource: Resource, ...path: readonly string[]): Resource | undefined {
  const value = resource.get(...path);
  return value instanceof Reference && value.resource.type === ROLE ? value.resource : undefined;
}

/** Statements of a policy document, also of one that is written as text. */
export function documentStatements(document: Value | undefined, holder: Resource): PolicyStatement[] {
  const parsed = document instanceof MapValue ? document : embeddedJson(document);
  const statements = parsed instanceof MapValue ? itemsOf(parsed.get('Statement')) : [];
  return statements.flatMap((statement) => (statement instanceof MapValue ? [statementOf(statement, holder)] : []));
}

function statementOf(statement: MapValue, holder: Resource): PolicyStatement {
  const texts = (key: string) => itemsOf(statement.get(key)).filter((item) => typeof item === 'string');
  const condition = statement.get('Condition');
  return {
    effect: statement.get('Effect') === 'Deny' ? 'Deny' : 'Allow',
    actions: texts('Action'),
    notActions: texts('NotAction'),
    resources: itemsOf(statement.get('Resource')),
    notResources: itemsOf(statement.get('NotResource')),
    condition: condition instanceof MapValue ? condition : undefined,
    in: holder,
  };
}

const statementsByRole = perGraph((graph): ReadonlyMap<Resource, readonly PolicyStatement[]> => {
  const byRole = new Map<Resource, PolicyStatement[]>();
  const add = (role: Resource, statements: readonly PolicyStatement[]) => byRole.set(role, [...(byRole.get(role) ?? []), ...statements]);
  for (const role of graph.ofType(ROLE)) {
    for (const policy of role.list('Policies'))
      if (policy instanceof MapValue) add(role, documentStatements(policy.get('PolicyDocument'), role));
    for (const managed of role.references('ManagedPolicyArns')) add(role, documentStatements(managed.get('PolicyDocument'), managed));
  }
  for (const policy of graph.ofType(...POLICIES)) {
    const roles = policy.references(policy.type === 'AWS::IAM::RolePolicy' ? 'RoleName' : 'Roles');
    const statements = roles.length === 0 ? [] : documentStatements(policy.get('PolicyDocument'), policy);
    for (const role of roles) add(role, statements);
  }
  return byRole;
});
