import { AssemblyError } from '../../template/assembly-error';
import { subnets } from './cidr';
import { REGION } from './physical-name';
import { NO_VALUE } from './pseudo-parameters';
import type { ResolvedStack } from './resolved-stack';
import { UnknownValueError } from './unknown-value-error';

type Evaluator = (stack: ResolvedStack, operand: unknown, where: string) => unknown;

/** Resolves a node of a template; an intrinsic that is not known is an error naming where it stands. */
export function evaluate(stack: ResolvedStack, node: unknown, where: string): unknown {
  if (Array.isArray(node)) return node.map((element) => evaluate(stack, element, where)).filter((element) => element !== NO_VALUE);
  if (typeof node === 'string') {
    const dynamic = /\{\{resolve:[^}]*\}\}/.exec(node);
    if (dynamic) throw new UnknownValueError(`${where}: dynamic reference ${dynamic[0]} is resolved only by CloudFormation`);
    return node;
  }
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node);
  const [name, operand] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const evaluator = FUNCTIONS[name];
    if (!evaluator) throw new AssemblyError(`${where}: the local run does not resolve ${name}`);
    return evaluator(stack, operand, where);
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, child] of entries) {
    const value = evaluate(stack, child, `${where}.${key}`);
    if (value !== NO_VALUE) resolved[key] = value;
  }
  return resolved;
}

export function conditionHolds(stack: ResolvedStack, condition: unknown, where: string): boolean {
  const [name, operand] = Object.entries((condition ?? {}) as Record<string, unknown>)[0] ?? [];
  const all = () => (operand as unknown[]).map((one) => conditionHolds(stack, one, where));
  switch (name) {
    case 'Condition':
      return stack.condition(String(operand), where);
    case 'Fn::Equals': {
      const [left, right] = evaluate(stack, operand, where) as unknown[];
      return typeof left === 'object' || typeof right === 'object'
        ? JSON.stringify(left) === JSON.stringify(right)
        : String(left) === String(right);
    }
    case 'Fn::And':
      return all().every(Boolean);
    case 'Fn::Or':
      return all().some(Boolean);
    case 'Fn::Not':
      return !all()[0];
    case 'Fn::Contains': {
      const [list, wanted] = evaluate(stack, operand, where) as [unknown[], unknown];
      return list.includes(wanted);
    }
    default:
      throw new AssemblyError(`${where}: the local run does not resolve condition ${name ?? JSON.stringify(condition)}`);
  }
}

const FUNCTIONS: Readonly<Record<string, Evaluator>> = {
  Ref: (stack, operand, where) => stack.ref(String(operand), where),

  'Fn::GetAtt': (stack, operand, where) => {
    const [logicalId = '', ...attribute] = Array.isArray(operand) ? operand : String(operand).split('.');
    return stack.attribute(String(logicalId), attribute.map((part) => String(evaluate(stack, part, where))).join('.'), where);
  },

  'Fn::Join': (stack, operand, where) => {
    const [delimiter, parts] = operand as [string, unknown];
    return stack.resolver.localAddresses(listOf(stack, parts, where).map(String).join(delimiter));
  },

  'Fn::Sub': (stack, operand, where) => {
    const [text, variables] = (Array.isArray(operand) ? operand : [operand, {}]) as [string, Record<string, unknown>];
    const substituted = text.replaceAll(/\$\{([^}]+)\}/g, (_match, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in (variables ?? {})) return String(evaluate(stack, variables[name], where));
      const dot = name.indexOf('.');
      return String(dot < 0 ? stack.ref(name, where) : stack.attribute(name.slice(0, dot), name.slice(dot + 1), where));
    });
    return stack.resolver.localAddresses(substituted);
  },

  'Fn::Select': (stack, operand, where) => {
    const [index, list] = operand as [unknown, unknown];
    const position = Number(evaluate(stack, index, where));
    const elements = listOf(stack, list, where);
    if (!(position < elements.length)) throw new AssemblyError(`${where}: Fn::Select asks for element ${position} of ${elements.length}`);
    return elements[position];
  },

  'Fn::Split': (stack, operand, where) => {
    const [delimiter, text] = operand as [string, unknown];
    return String(evaluate(stack, text, where)).split(delimiter);
  },

  'Fn::If': (stack, operand, where) => {
    const [name, yes, no] = operand as [string, unknown, unknown];
    return evaluate(stack, stack.condition(name, where) ? yes : no, where);
  },

  'Fn::FindInMap': (stack, operand, where) => {
    const [map, top, second, fallback] = operand as unknown[];
    const keys = [map, top, second].map((key) => String(evaluate(stack, key, where))) as [string, string, string];
    const found = stack.source.template.Mappings?.[keys[0]]?.[keys[1]]?.[keys[2]];
    if (found !== undefined) return found;
    const absent = (fallback as { DefaultValue?: unknown } | undefined)?.DefaultValue;
    if (absent !== undefined) return evaluate(stack, absent, where);
    throw new AssemblyError(`${where}: mapping ${keys.join('.')} is not in the template`);
  },

  'Fn::ImportValue': (stack, operand, where) => stack.resolver.exportedValue(String(evaluate(stack, operand, where)), where),

  'Fn::GetStackOutput': (stack, operand, where) => {
    const { StackName, OutputName } = evaluate(stack, operand, where) as { StackName: string; OutputName: string };
    return stack.resolver.stack(StackName.replace(/^arn:.*:stack\/([^/]+)\/.*$/, '$1')).output(OutputName, where);
  },

  'Fn::Base64': (stack, operand, where) => Buffer.from(String(evaluate(stack, operand, where))).toString('base64'),

  'Fn::GetAZs': (stack, operand, where) => {
    const region = String(evaluate(stack, operand, where) || REGION);
    return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  },

  'Fn::Cidr': (stack, operand, where) => {
    const [block, count, bits = 8] = evaluate(stack, operand, where) as [string, unknown, unknown];
    return subnets(block, Number(count), Number(bits));
  },

  'Fn::Length': (stack, operand, where) => listOf(stack, operand, where).length,

  'Fn::ToJsonString': (stack, operand, where) => JSON.stringify(evaluate(stack, operand, where)),
};

function listOf(stack: ResolvedStack, node: unknown, where: string): unknown[] {
  const value = evaluate(stack, node, where);
  if (!Array.isArray(value)) throw new AssemblyError(`${where}: expected a list, got ${JSON.stringify(value)}`);
  return value;
}
