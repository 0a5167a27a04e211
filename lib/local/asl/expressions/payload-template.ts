import { StateError, StatesError } from '../state-error';
import { INTRINSIC_FUNCTIONS } from './intrinsic-functions';
import { type IntrinsicNode, parseIntrinsic } from './intrinsic-parser';
import { type PathSource, readPath } from './json-path';

/** Fills a payload template: a key that ends in `.$` holds a path or an intrinsic function, everything else is literal. */
export function fillTemplate(template: unknown, source: PathSource, random: () => number): unknown {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, source, random));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? [key.slice(0, -2), dynamicValue(String(value), key, source, random)]
        : [key, fillTemplate(value, source, random)],
    ),
  );
}

/** The value of a path or of an intrinsic function that `field` holds. */
export function dynamicValue(text: string, field: string, source: PathSource, random: () => number): unknown {
  if (text.startsWith('$')) return required(text, field, source);
  try {
    return call(parseIntrinsic(text), field, source, random);
  } catch (error) {
    if (error instanceof StateError) throw error;
    const reason = (error as Error).message;
    throw new StateError(StatesError.Runtime, `There was an error while evaluating the intrinsic function: ${text}. ${reason}`);
  }
}

function call(node: IntrinsicNode, field: string, source: PathSource, random: () => number): unknown {
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'path') return required(node.text, field, source);
  const implementation = INTRINSIC_FUNCTIONS[node.name];
  if (implementation === undefined) throw new Error(`${node.name} does not exist`);
  return implementation.call(
    node.args.map((argument) => call(argument, field, source, random)),
    random,
  );
}

function required(text: string, field: string, source: PathSource): unknown {
  const value = readPath(text, source);
  if (value !== undefined) return value;
  const input = JSON.stringify(source.input);
  throw new StateError(
    StatesError.Runtime,
    `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}
