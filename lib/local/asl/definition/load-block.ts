import {
  type AssignFields,
  type QueryLanguage,
  STATE_TYPES,
  type StateDefinition,
  type StateFields,
  type StatesBlock,
  type StateType,
} from '../model';
import { TaskResource } from '../task-resource';
import { variableName } from './check-assign';
import { checkState } from './check-state';
import { isObject, type JsonObject, type Problems } from './problems';

const MAX_NAME = 80;
const BLOCK_FIELDS = ['StartAt', 'States', 'Comment'];

/** What a block inherits from the machine around it. */
export interface BlockScope {
  readonly machineLanguage: QueryLanguage;
  /** State names are unique in the whole machine. */
  readonly names: Set<string>;
  /** Variables that enclosing blocks assign, which an inner block can read and never assign. */
  readonly outerVariables: ReadonlySet<string>;
  readonly express: boolean;
  readonly problems: Problems;
}

/** Checks and loads the states of a machine, a branch or an item processor. */
export function loadBlock(source: unknown, path: string, extraFields: readonly string[], scope: BlockScope): StatesBlock {
  const states = new Map<string, StateDefinition>();
  if (!isObject(source)) {
    scope.problems.add(path || '/', 'must be an object');
    return { startAt: '', states };
  }
  for (const field of Object.keys(source)) {
    if (![...BLOCK_FIELDS, ...extraFields].includes(field)) scope.problems.add(`${path}/${field}`, `there is no field ${field} here`);
  }
  const { StartAt: startAt, States: definitions } = source;
  if (!isObject(definitions) || Object.keys(definitions).length === 0) {
    if (startAt === undefined) scope.problems.add(`${path}/StartAt`, "must be a state's name");
    scope.problems.add(`${path}/States`, 'must be an object with at least one state');
    return { startAt: '', states };
  }
  const inner = { ...scope, outerVariables: new Set([...scope.outerVariables, ...assignedIn(definitions, scope)]) };
  for (const [name, fields] of Object.entries(definitions)) {
    const state = loadState(name, fields, `${path}/States/${name}`, scope, inner);
    if (state !== undefined) states.set(name, state);
  }
  checkFlow(startAt, definitions, states, path, scope.problems);
  return { startAt: String(startAt), states };
}

function loadState(name: string, fields: unknown, path: string, scope: BlockScope, inner: BlockScope): StateDefinition | undefined {
  const { problems, names } = scope;
  if (name === '' || name.length > MAX_NAME) problems.add(path, `a state's name must have 1 to ${MAX_NAME} characters, got ${name.length}`);
  if (names.has(name)) problems.add(path, 'another state has the same name');
  names.add(name);
  if (!isObject(fields)) {
    problems.add(path, 'must be an object');
    return undefined;
  }
  const type = fields['Type'];
  if (!STATE_TYPES.includes(type as StateType)) {
    problems.add(`${path}/Type`, `must be one of ${STATE_TYPES.join(', ')}, got ${JSON.stringify(type)}`);
    return undefined;
  }
  const language = loadLanguage(fields, path, scope);
  checkState(fields, type as StateType, language, path, problems);
  checkShadowing(fields, path, language, scope);
  if (scope.express) checkExpress(fields, path, problems);
  const distributed = isDistributed(fields);
  const blocks =
    type === 'Parallel' ? loadBranches(fields, path, inner) : type === 'Map' ? loadProcessor(fields, path, distributed, inner) : [];
  return { name, type: type as StateType, language, fields: fields as StateFields, blocks, distributed };
}

function loadLanguage(fields: JsonObject, path: string, { machineLanguage, problems }: BlockScope): QueryLanguage {
  const language = fields['QueryLanguage'] ?? machineLanguage;
  if (language !== 'JSONata' && language !== 'JSONPath') {
    problems.add(`${path}/QueryLanguage`, `must be JSONata or JSONPath, got ${JSON.stringify(language)}`);
    return machineLanguage;
  }
  if (language === 'JSONPath' && machineLanguage === 'JSONata') {
    problems.add(`${path}/QueryLanguage`, 'must not be JSONPath in a machine whose query language is JSONata');
  }
  return language;
}

function loadBranches(fields: JsonObject, path: string, scope: BlockScope): StatesBlock[] {
  const branches = fields['Branches'];
  if (!Array.isArray(branches) || branches.length === 0) {
    scope.problems.add(`${path}/Branches`, 'must be a list with at least one branch');
    return [];
  }
  return branches.map((branch: unknown, index) => loadBlock(branch, `${path}/Branches[${index}]`, [], scope));
}

function loadProcessor(fields: JsonObject, path: string, distributed: boolean, scope: BlockScope): StatesBlock[] {
  const field = fields['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = fields[field];
  if (processor === undefined) return [];
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  const at = `${path}/${field}`;
  const mode = isObject(config) ? (config['Mode'] ?? 'INLINE') : 'INLINE';
  const type = isObject(config) ? config['ExecutionType'] : undefined;
  if (mode !== 'INLINE' && mode !== 'DISTRIBUTED') {
    scope.problems.add(`${at}/ProcessorConfig/Mode`, `must be INLINE or DISTRIBUTED, got ${JSON.stringify(mode)}`);
  }
  if (distributed && type !== 'STANDARD' && type !== 'EXPRESS') {
    scope.problems.add(`${at}/ProcessorConfig/ExecutionType`, `must be STANDARD or EXPRESS, got ${JSON.stringify(type)}`);
  }
  // A child execution sees none of the variables of its parent.
  const inner = distributed ? { ...scope, outerVariables: new Set<string>(), express: type === 'EXPRESS' } : scope;
  return [loadBlock(processor, at, ['ProcessorConfig'], inner)];
}

function isDistributed(fields: JsonObject): boolean {
  const processor = fields['ItemProcessor'];
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  return isObject(config) && config['Mode'] === 'DISTRIBUTED';
}

/** Express executions cannot wait for a token or for a job. */
function checkExpress(fields: JsonObject, path: string, problems: Problems): void {
  const resource = typeof fields['Resource'] === 'string' ? TaskResource.parse(fields['Resource']) : undefined;
  if (resource?.canHeartbeat) problems.add(`${path}/Resource`, `an EXPRESS child execution cannot use ${resource.action}`);
}

/** Every place of a state that assigns variables. */
function assigns(fields: JsonObject): { readonly at: string; readonly assign: AssignFields }[] {
  const found = [{ at: 'Assign', assign: fields['Assign'] }];
  for (const list of ['Choices', 'Catch']) {
    const entries: unknown = fields[list];
    if (!Array.isArray(entries)) continue;
    entries.forEach((entry: unknown, index) => {
      if (isObject(entry)) found.push({ at: `${list}[${index}]/Assign`, assign: entry['Assign'] });
    });
  }
  return found.filter((entry): entry is { at: string; assign: AssignFields } => isObject(entry.assign));
}

function assignedIn(states: JsonObject, scope: BlockScope): string[] {
  return Object.values(states)
    .filter(isObject)
    .flatMap((fields) => {
      const language = fields['QueryLanguage'] === undefined ? scope.machineLanguage : (fields['QueryLanguage'] as QueryLanguage);
      return assigns(fields).flatMap(({ assign }) => Object.keys(assign).map((key) => variableName(key, language)));
    });
}

function checkShadowing(fields: JsonObject, path: string, language: QueryLanguage, { outerVariables, problems }: BlockScope): void {
  for (const { at, assign } of assigns(fields)) {
    for (const key of Object.keys(assign)) {
      if (outerVariables.has(variableName(key, language))) {
        problems.add(`${path}/${at}/${key}`, `the variable name '${variableName(key, language)}' was already defined in a parent scope`);
      }
    }
  }
}

/** Every target exists, every state can be reached, and one of them ends. */
function checkFlow(
  startAt: unknown,
  sources: JsonObject,
  states: ReadonlyMap<string, StateDefinition>,
  path: string,
  problems: Problems,
): void {
  if (typeof startAt !== 'string') {
    problems.add(`${path}/StartAt`, `must be a state's name, got ${JSON.stringify(startAt)}`);
    return;
  }
  if (!Object.hasOwn(sources, startAt)) {
    problems.add(`${path}/StartAt`, `there is no state ${JSON.stringify(startAt)}`);
    return;
  }
  const reached = new Set<string>([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    for (const { at, target } of state === undefined ? [] : targets(state)) {
      if (Object.hasOwn(sources, target)) reached.add(target);
      else problems.add(`${path}/States/${name}/${at}`, `there is no state ${JSON.stringify(target)} here`);
    }
  }
  for (const name of Object.keys(sources)) {
    if (!reached.has(name)) problems.add(`${path}/States/${name}`, 'cannot be reached from StartAt');
  }
  const ends = [...states.values()].some(({ type, fields }) => type === 'Succeed' || type === 'Fail' || fields['End'] === true);
  if (!ends && states.size === Object.keys(sources).length)
    problems.add(`${path}/States`, 'no state ends: one must be Succeed, Fail or have End: true');
}

function targets({ fields }: StateDefinition): { at: string; target: string }[] {
  const listed = (list: 'Choices' | 'Catch') =>
    (Array.isArray(fields[list]) ? (fields[list] as readonly unknown[]) : []).map((entry, index) => ({
      at: `${list}[${index}]/Next`,
      target: isObject(entry) ? entry['Next'] : undefined,
    }));
  return [{ at: 'Next', target: fields.Next }, { at: 'Default', target: fields.Default }, ...listed('Choices'), ...listed('Catch')].filter(
    (entry): entry is { at: string; target: string } => typeof entry.target === 'string',
  );
}
