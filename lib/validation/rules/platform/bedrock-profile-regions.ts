import { GLOBAL_PREFIX } from '../../../quotas/inference-profiles';
import { parseProfileId, profileDestinations } from '../../../quotas/profile-destinations';
import { FUNCTION } from '../../../template/function-target';
import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { managedPolicies, type PolicyStatement, roleOf, statementsOf } from '../../../template/role-statements';
import { argumentsOf, integrationOf, type Machine, machinesOf } from '../../../template/state-machine';
import { MapValue, partsOf, render, Unknown, type Value, valueAt } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { isWildcard } from './iam/action-pattern';
import { allowsInvocation, coversModel, coversProfile, isProfileId, resourceName } from './iam/model-arn';

export const BEDROCK_PROFILE_REGIONS: Rule = {
  id: 'bedrock-profile-regions',
  title: 'Inference profile without the foundation model in each of its destination Regions',
  why: 'Calls are denied whenever the profile sends them to a Region that the grant leaves out, which is now and then, and mostly under load.',
  severity: 'error',
  fix: 'grant the profile, and arn:aws:bedrock:<region>::foundation-model/<model> for each destination Region (or * as the Region, on condition of bedrock:InferenceProfileArn); a global. profile also needs the ARN without a Region',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
  check: (graph) => graph.ofType('AWS::IAM::Role').flatMap((role) => violations(graph, role)),
};

function violations(graph: ResourceGraph, role: Resource): Violation[] {
  const statements = statementsOf(graph, role).filter(allowsInvocation);
  if (statements.length === 0 || !isWhole(role, statements)) return [];
  const granted = statements.flatMap(({ resources }) => resources.map(render));
  return [...calledProfiles(graph, role, statements)].flatMap(([profileId, { by, where }]): Violation[] => {
    const message = lacking(granted, profileId, by.stack.source.region);
    if (message === undefined) return [];
    return [{ resource: by, message: where === undefined ? message : `${where} names ${profileId}: ${message}` }];
  });
}

/** What is missing for calls through a profile; undefined when nothing is, or when its destinations are not known. */
function lacking(granted: readonly string[], profileId: string, region: string | undefined): string | undefined {
  const modelId = parseProfileId(profileId)!.modelId;
  // A grant on the profile as if it were a model is the matter of another rule.
  if (granted.some((pattern) => resourceName(pattern, 'foundation-model') === profileId)) return undefined;
  if (!granted.some((pattern) => coversProfile(pattern, profileId))) return `the role may not use the inference profile ${profileId}`;
  const covers = (destination: string) => granted.some((pattern) => coversModel(pattern, destination, modelId));
  const needed = region === undefined ? undefined : profileDestinations(profileId, region);
  if (needed !== undefined) {
    const missing = needed.filter((destination) => !covers(destination));
    return missing.length === 0
      ? undefined
      : `inference profile ${profileId} lacks the foundation model in ${missing.map(inWords).join(', ')}`;
  }
  if (parseProfileId(profileId)!.prefix === GLOBAL_PREFIX)
    return covers('') ? undefined : `inference profile ${profileId} lacks the foundation model in ${inWords('')}`;
  // Any profile has two destinations at least.
  const regions = new Set(granted.filter((pattern) => isOfModel(pattern, modelId)).map(regionOf));
  if (covers('any') || regions.size > 1) return undefined;
  return regions.size === 0
    ? `inference profile ${profileId} lacks its foundation model`
    : `inference profile ${profileId} has its foundation model in ${[...regions][0]} alone`;
}

function inWords(region: string): string {
  return region === '' ? 'the ARN without a Region' : region;
}

function isOfModel(pattern: string, modelId: string): boolean {
  return resourceName(pattern, 'foundation-model') !== undefined && coversModel(pattern, regionOf(pattern), modelId);
}

/** The Region of an ARN, which may be a pseudo parameter with colons of its own. */
function regionOf(arn: string): string {
  return /:bedrock:(\$\{[^}]*\}|[^:]*):/.exec(arn)?.[1] ?? '';
}

interface Caller {
  readonly by: Resource;
  /** The variable, or the state, that names the profile. */
  readonly where?: string;
}

/** Profiles that a role is granted by name, or that a variable of its functions or a state of its state machines names. */
function calledProfiles(graph: ResourceGraph, role: Resource, statements: readonly PolicyStatement[]): ReadonlyMap<string, Caller> {
  const called = new Map<string, Caller>();
  for (const fn of functionsByRole(graph).get(role) ?? []) {
    const variables = fn.get('Environment', 'Variables');
    for (const [variable, value] of variables instanceof MapValue ? variables.entries : [])
      if (typeof value === 'string' && isProfileId(value)) called.set(value, { by: fn, where: variable });
  }
  for (const machine of machinesByRole(graph).get(role) ?? [])
    for (const { profileId, state } of statesWithProfile(machine)) called.set(profileId, { by: machine.resource, where: `state ${state}` });
  for (const { resources, in: policy } of statements) {
    for (const name of resources.map((value) => resourceName(render(value), 'inference-profile')))
      if (name !== undefined && !isWildcard(name) && isProfileId(name)) called.set(name, { by: policy });
  }
  return called;
}

/** Whether the templates hold all that the role is granted about models. */
function isWhole(role: Resource, statements: readonly PolicyStatement[]): boolean {
  if (managedPolicies(role).some((name) => !name.startsWith('service-role/'))) return false;
  return statements.every(({ resources }) => resources.every((value) => !hasUnknown(value)));
}

/** Account, Region and partition are no secrets of a grant. */
function hasUnknown(value: Value): boolean {
  return partsOf(value).some((part) => part instanceof Unknown && !part.name.startsWith('AWS::'));
}

const functionsByRole = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> => groupBy(graph.ofType(FUNCTION), (fn) => roleOf(fn, 'Role')),
);

const machinesByRole = perGraph(
  (graph): ReadonlyMap<Resource, readonly Machine[]> => groupBy(machinesOf(graph), ({ resource }) => roleOf(resource, 'RoleArn')),
);

/** States that call a model through a profile, by its id or by its ARN. */
function statesWithProfile({ states }: Machine): { readonly profileId: string; readonly state: string }[] {
  return states.flatMap((node) => {
    if (integrationOf(node)?.action !== 'bedrock:invokeModel') return [];
    const named = render(valueAt(argumentsOf(node), ['ModelId']));
    const profileId = resourceName(named, 'inference-profile') ?? named;
    return isProfileId(profileId) ? [{ profileId, state: node.path }] : [];
  });
}
