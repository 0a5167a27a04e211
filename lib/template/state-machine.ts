import { readFileSync } from 'node:fs';
import { embeddedJson } from './embedded-json';
import type { Resource } from './resource';
import { perGraph, type ResourceGraph } from './resource-graph';
import { itemsOf, joined, ListValue, MapValue, Reference, Text, type TextPart, type Value } from './value';

const MACHINE = 'AWS::StepFunctions::StateMachine';

/** States that run beside or inside one another: those of the machine, of a branch, of an item processor. */
export interface StateScope {
  readonly startAt: string | undefined;
  readonly states: readonly StateNode[];
}

export interface StateNode {
  readonly name: string;
  readonly type: string;
  /** Names from the machine down to the state: `Review / 0 / Ask`. */
  readonly path: string;
  readonly state: MapValue;
  /** `JSONata` or `JSONPath`, as it holds for this state. */
  readonly language: string;
  /** Branches of a Parallel state, the item processor of a Map state. */
  readonly scopes: readonly StateScope[];
}

export interface Machine {
  readonly resource: Resource;
  readonly type: 'STANDARD' | 'EXPRESS' | undefined;
  readonly definition: MapValue;
  readonly root: StateScope;
  /** Every state, at any depth, in the order of the definition. */
  readonly states: readonly StateNode[];
}

/** State machines whose definition can be read: as text, as an object, or as a staged file's text with its substitutions. */
export const machinesOf = perGraph((graph: ResourceGraph): readonly Machine[] =>
  graph.ofType(MACHINE).flatMap((resource) => {
    const definition = definitionOf(resource);
    if (definition === undefined) return [];
    const root = scopeOf(definition, textOf(definition, 'QueryLanguage') ?? 'JSONPath', '');
    return [{ resource, type: typeOf(resource), definition, root, states: allStates(root) }];
  }),
);

function typeOf(resource: Resource): Machine['type'] {
  const type = resource.get('StateMachineType');
  if (type === undefined || type === 'STANDARD') return 'STANDARD';
  return type === 'EXPRESS' ? 'EXPRESS' : undefined;
}

function definitionOf(resource: Resource): MapValue | undefined {
  const given = resource.get('DefinitionSubstitutions');
  const substitutions = given instanceof MapValue ? given : undefined;
  const stated = resource.get('Definition');
  if (stated instanceof MapValue) return substitutions === undefined ? stated : substitutedMap(stated, substitutions);
  const text = resource.get('DefinitionString') ?? stagedText(resource);
  const parsed = embeddedJson(substitutions === undefined ? text : substitutedText(text, substitutions));
  return parsed instanceof MapValue ? parsed : undefined;
}

/** Text of a definition that stands in a file of the assembly. */
function stagedText(resource: Resource): string | undefined {
  const file = resource.stack.source.assets.files.get(resource.text('DefinitionS3Location', 'Key') ?? '');
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The audit is of what can be read.
    return undefined;
  }
}

/** `${name}` of DefinitionSubstitutions stands for a value of the template. */
function substitutedText(definition: Value | undefined, substitutions: MapValue): Value {
  const parts = definition instanceof Text ? definition.parts : typeof definition === 'string' ? [definition] : [];
  return joined(parts.flatMap((part) => (typeof part === 'string' ? pieces(part, substitutions) : [part])));
}

function substitutedMap(map: MapValue, substitutions: MapValue): MapValue {
  return new MapValue(map.keys, (key) => {
    const value = map.get(key);
    return value === undefined ? undefined : substitutedValue(value, substitutions);
  });
}

function substitutedValue(value: Value, substitutions: MapValue): Value {
  if (value instanceof MapValue) return substitutedMap(value, substitutions);
  if (value instanceof ListValue) return new ListValue(() => value.items.map((item) => substitutedValue(item, substitutions)));
  return typeof value === 'string' || value instanceof Text ? substitutedText(value, substitutions) : value;
}

function pieces(text: string, substitutions: MapValue): TextPart[] {
  return text.split(/(\$\{[^}]+\})/).flatMap((piece): TextPart[] => {
    const name = /^\$\{([^}]+)\}$/.exec(piece)?.[1];
    const value = name === undefined ? undefined : substitutions.get(name);
    if (value === undefined) return [piece];
    if (value instanceof Text) return [...value.parts];
    return typeof value === 'object' && value !== null ? [value as TextPart] : [String(value)];
  });
}

function scopeOf(scope: MapValue, language: string, path: string): StateScope {
  const states = scope.get('States');
  return {
    startAt: textOf(scope, 'StartAt'),
    states: (states instanceof MapValue ? states.entries : []).flatMap(([name, state]) =>
      state instanceof MapValue ? [nodeOf(name, state, language, path)] : [],
    ),
  };
}

function nodeOf(name: string, state: MapValue, machineLanguage: string, above: string): StateNode {
  const language = textOf(state, 'QueryLanguage') ?? machineLanguage;
  const path = above === '' ? name : `${above} / ${name}`;
  const branches = itemsOf(state.get('Branches')).filter((branch) => branch instanceof MapValue);
  const processor = state.get('ItemProcessor') ?? state.get('Iterator');
  const scopes = [
    ...branches.map((branch, index) => scopeOf(branch, machineLanguage, `${path} / ${index}`)),
    ...(processor instanceof MapValue ? [scopeOf(processor, machineLanguage, path)] : []),
  ];
  return { name, type: textOf(state, 'Type') ?? '', path, state, language, scopes };
}

function allStates(scope: StateScope): StateNode[] {
  return scope.states.flatMap((node) => [node, ...node.scopes.flatMap(allStates)]);
}

function textOf(value: MapValue, key: string): string | undefined {
  const found = value.get(key);
  return typeof found === 'string' ? found : undefined;
}

/** The service action of a task, `lambda:invoke` and the pattern: `request`, `sync` or `callback`; a function's ARN as Resource is `lambda:invoke` as well. */
export function integrationOf({
  state,
}: StateNode): { readonly action: string; readonly pattern: 'request' | 'sync' | 'callback' } | undefined {
  const resource = state.get('Resource');
  if (resource instanceof Reference && /^AWS::Lambda::(Function|Alias|Version)$/.test(resource.resource.type))
    return { action: 'lambda:invoke', pattern: 'request' };
  const text = (typeof resource === 'string' ? [resource] : resource instanceof Text ? resource.parts : [])
    .map((part) => (typeof part === 'string' ? part : ''))
    .join('*');
  const [, action, pattern] = /:states:[^:]*:[^:]*:((?:aws-sdk:)?[^.]+)(?:\.(.+))?$/.exec(text) ?? [];
  if (action !== undefined) return { action, pattern: patternOf(pattern) };
  return /:lambda:[^:]*:[^:]*:function:/.test(text) ? { action: 'lambda:invoke', pattern: 'request' } : undefined;
}

function patternOf(suffix: string | undefined): 'request' | 'sync' | 'callback' {
  if (suffix === undefined) return 'request';
  return suffix === 'waitForTaskToken' ? 'callback' : 'sync';
}

/** What a task passes to its service: `Arguments` in JSONata, `Parameters` in JSONPath. */
export function argumentsOf({ state, language }: StateNode): Value | undefined {
  return state.get(language === 'JSONata' ? 'Arguments' : 'Parameters');
}

/** The function that a task names: in its arguments, or as its resource. */
export function functionArgument(node: StateNode): Value | undefined {
  const given = argumentsOf(node);
  const named = given instanceof MapValue ? (given.get('FunctionName') ?? given.get('FunctionName.$')) : undefined;
  return named ?? node.state.get('Resource');
}
