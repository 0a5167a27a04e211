import { conditionHolds } from './conditions';
import type { StackView } from './stack-view';
import { joined, ListValue, MapValue, numberOf, partsOf, Reference, render, Text, type TextPart, Unknown, type Value } from './value';

/** References that lead to references this often go in circles. */
const DEEPEST = 64;
let depth = 0;

/** Evaluates a raw value of a template as far as the template allows; what it does not allow is Unknown, never an error. */
export function resolveValue(stack: StackView, raw: unknown): Value | undefined {
  if (raw === undefined) return undefined;
  if (Array.isArray(raw)) return new ListValue(() => present(raw.map((item) => resolveValue(stack, item))));
  if (typeof raw !== 'object' || raw === null) return raw as string | number | boolean | null;
  const keys = Object.keys(raw);
  const [name = ''] = keys;
  if (keys.length === 1 && (name === 'Ref' || name.startsWith('Fn::')))
    return evaluated(stack, name, (raw as Record<string, unknown>)[name]);
  return new MapValue(keys, (key) => resolveValue(stack, (raw as Record<string, unknown>)[key]));
}

function present(values: readonly (Value | undefined)[]): Value[] {
  return values.filter((value) => value !== undefined);
}

function evaluated(stack: StackView, name: string, operand: unknown): Value | undefined {
  const evaluator = FUNCTIONS[name];
  if (evaluator === undefined || depth >= DEEPEST || (OF_LISTS.has(name) && !Array.isArray(operand))) return new Unknown(name);
  depth++;
  try {
    return evaluator(stack, operand);
  } finally {
    depth--;
  }
}

/** Functions of a list: given anything else they have no value. */
const OF_LISTS: ReadonlySet<string> = new Set(['Fn::If', 'Fn::Join', 'Fn::Split', 'Fn::Select', 'Fn::FindInMap']);

type Evaluator = (stack: StackView, operand: unknown) => Value | undefined;

const FUNCTIONS: Readonly<Record<string, Evaluator>> = {
  Ref: (stack, operand) => ref(stack, String(operand)),

  'Fn::GetAtt': (stack, operand) => {
    const [logicalId = '', ...attribute] = Array.isArray(operand) ? operand.map(String) : String(operand).split('.');
    return attributeOf(stack, logicalId, attribute.join('.'));
  },

  'Fn::If': (stack, operand) => {
    const [condition, yes, no] = operand as [string, unknown, unknown];
    return resolveValue(stack, conditionHolds(stack, String(condition)) ? yes : no);
  },

  'Fn::Join': (stack, operand) => {
    const [delimiter, list] = operand as [string, unknown];
    const items = resolveValue(stack, list);
    if (!(items instanceof ListValue)) return new Unknown('Fn::Join');
    return joined(items.items.flatMap((item, index) => (index === 0 ? partsOf(item) : [String(delimiter), ...partsOf(item)])));
  },

  'Fn::Sub': (stack, operand) => {
    const [text, given] = (Array.isArray(operand) ? operand : [operand]) as [string, unknown];
    const variables = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
    const parts: TextPart[] = [];
    let end = 0;
    for (const match of String(text).matchAll(/\$\{([^}]*)\}/g)) {
      parts.push(String(text).slice(end, match.index));
      end = match.index + match[0].length;
      parts.push(...substituted(stack, match[1] ?? '', variables));
    }
    return joined([...parts, String(text).slice(end)]);
  },

  'Fn::Split': (stack, operand) => {
    const [delimiter, text] = operand as [string, unknown];
    const value = resolveValue(stack, text);
    if (value === undefined || value instanceof Unknown) return new Unknown('Fn::Split');
    return value instanceof Reference ? new SplitReference(value, String(delimiter)) : new ListValue(() => split(value, String(delimiter)));
  },

  'Fn::Select': (stack, operand) => {
    const [index, list] = operand as [unknown, unknown];
    const position = numberOf(resolveValue(stack, index));
    const items = resolveValue(stack, list);
    if (items instanceof SplitReference && position !== undefined) return items.piece(position);
    if (position === undefined || !(items instanceof ListValue)) return new Unknown('Fn::Select');
    return items.items[position] ?? new Unknown('Fn::Select');
  },

  'Fn::FindInMap': (stack, operand) => {
    const [map, top, second, fallback] = operand as [unknown, unknown, unknown, { DefaultValue?: unknown } | undefined];
    const [name, first, last] = [map, top, second].map((key) => render(resolveValue(stack, key)));
    const found = stack.source.template.Mappings?.[name ?? '']?.[first ?? '']?.[last ?? ''];
    if (found !== undefined) return resolveValue(stack, found);
    return fallback?.DefaultValue === undefined ? new Unknown('Fn::FindInMap') : resolveValue(stack, fallback.DefaultValue);
  },

  'Fn::ImportValue': (stack, operand) => stack.graph.exported(render(resolveValue(stack, operand))) ?? new Unknown('Fn::ImportValue'),

  'Fn::GetStackOutput': (stack, operand) => {
    const { StackName, OutputName } = (operand ?? {}) as { StackName?: unknown; OutputName?: unknown };
    const name = render(resolveValue(stack, StackName)).replace(/^arn:.*:stack\/([^/]+)\/.*$/, '$1');
    return stack.graph.stackNamed(name)?.output(render(resolveValue(stack, OutputName))) ?? new Unknown('Fn::GetStackOutput');
  },
};

/** Services whose ARNs have the kind of the resource before its name. */
const KIND_FIRST = /^AWS::(Lambda|StepFunctions|Logs|RDS|ElastiCache)::/;
const NAME_IN_ARN = 5;

/** An ARN or a name that is cut in pieces: the piece that names the resource still refers to it. */
class SplitReference extends Unknown {
  constructor(
    private readonly reference: Reference,
    private readonly delimiter: string,
  ) {
    super('Fn::Split');
  }

  piece(position: number): Value {
    const { resource } = this.reference;
    const named = KIND_FIRST.test(resource.type) ? NAME_IN_ARN + 1 : NAME_IN_ARN;
    // Apart from ARNs, what is cut is an id with its parent before it: `cluster/service`.
    return position === (this.delimiter === ':' ? named : 1) ? new Reference(resource, 'Ref') : new Unknown('Fn::Select');
  }
}

function substituted(stack: StackView, name: string, variables: Record<string, unknown>): readonly TextPart[] {
  if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
  if (name in variables) return partsOf(resolveValue(stack, variables[name]));
  const dot = name.indexOf('.');
  return partsOf(dot < 0 ? ref(stack, name) : attributeOf(stack, name.slice(0, dot), name.slice(dot + 1)));
}

function split(value: Value, delimiter: string): Value[] {
  const pieces: TextPart[][] = [[]];
  for (const part of value instanceof Text ? value.parts : partsOf(value)) {
    const [first = '', ...rest] = typeof part === 'string' ? part.split(delimiter) : [part];
    pieces.at(-1)!.push(first);
    for (const piece of rest) pieces.push([piece]);
  }
  return pieces.map(joined);
}

function ref(stack: StackView, name: string): Value | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const { source } = stack;
  if (name.startsWith('AWS::')) return pseudo(stack, name);
  const resource = stack.resources.get(name);
  if (resource !== undefined) return new Reference(resource, 'Ref');
  if (source.template.Parameters?.[name] === undefined) return new Unknown(name);
  if (stack.parent !== undefined) {
    const given = stack.parent.stack.resources.get(stack.parent.logicalId)?.get('Parameters', name);
    if (given !== undefined) return given;
  }
  const key = stack.parameterKey(name);
  return stack.graph.world.parameters.get(key) ?? stack.graph.parameter(key);
}

function pseudo(stack: StackView, name: string): Value {
  const { region, account, stackName } = stack.source;
  if (name === 'AWS::StackName') return stackName;
  if (name === 'AWS::Region' && region !== undefined) return region;
  if (name === 'AWS::AccountId' && account !== undefined) return account;
  return new Unknown(name);
}

function attributeOf(stack: StackView, logicalId: string, attribute: string): Value {
  const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
  const nested = stack.nested.get(logicalId);
  if (output !== undefined && nested !== undefined) return nested.output(output) ?? new Unknown(`${logicalId}.${attribute}`);
  const resource = stack.resources.get(logicalId);
  return resource === undefined ? new Unknown(`${logicalId}.${attribute}`) : new Reference(resource, attribute);
}
