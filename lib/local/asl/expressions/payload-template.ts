import { StateError, StatesError } from '../state-error';
import { INTRINSIC_FUNCTIONS, InvalidArguments } from './intrinsic-functions';
import { type IntrinsicNode, parseIntrinsic } from './intrinsic-parser';
import { NULL_INPUT, type PathSource, parsePath, readPath } from './json-path';

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
  return call(parseIntrinsic(text), text, source, random);
}

function call(node: IntrinsicNode, whole: string, source: PathSource, random: () => number): unknown {
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'path') return argument(node.text, whole, source);
  const args = node.args.map((inner) => call(inner, whole, source, random));
  try {
    return INTRINSIC_FUNCTIONS[node.name]?.(args, random);
  } catch (error) {
    const reason = error instanceof InvalidArguments ? `Invalid arguments in ${node.name}` : (error as Error).message;
    throw intrinsicFailure(`There was an error while evaluating the intrinsic function: ${whole}. ${reason}`);
  }
}

function argument(path: string, whole: string, source: PathSource): unknown {
  const value = readPath(path, source);
  if (value !== undefined) return value;
  const missing = `The JsonPath argument for the field '${path}' could not be found in the input '${JSON.stringify(source.input)}'`;
  throw intrinsicFailure(`The function '${whole}' had the following error: ${missing}`);
}

function intrinsicFailure(cause: string): StateError {
  return new StateError(StatesError.Runtime, cause);
}

function required(text: string, field: string, source: PathSource): unknown {
  if (source.input === null && parsePath(text).root === '$') throw new StateError(StatesError.Runtime, NULL_INPUT);
  const value = readPath(text, source);
  if (value !== undefined) return value;
  const input = JSON.stringify(source.input);
  throw new StateError(
    StatesError.Runtime,
    `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${input}'`,
  );
}
