/** An error as jsonata itself raises it; where it has words for the code, it makes the message from `index`. */
export function fault(code: string, message: string, index?: number): Error {
  return Object.assign(new Error(message), { code, ...(index !== undefined && { index: index + 1 }) });
}

type Kind = 'string' | 'number' | 'array' | 'any';

export interface Parameter {
  readonly kind: Kind;
  readonly optional?: boolean;
}

/**
 * Checks arguments the way jsonata's own signatures do, with its words: an argument that is undefined fits, one that is
 * missing where it is needed, surplus or of another type does not.
 */
export function checkArguments(name: string, args: readonly unknown[], parameters: readonly Parameter[]): void {
  for (const [index, parameter] of parameters.entries()) {
    if (index >= args.length) {
      if (parameter.optional) return;
      throw mismatch(name, index);
    }
    const value = args[index];
    if (value === undefined || fits(value, parameter.kind)) continue;
    if (parameter.kind === 'array')
      throw fault('T0412', `Argument ${index + 1} of function "${name}" must be an array of undefined`, index);
    throw mismatch(name, index);
  }
  if (args.length > parameters.length) throw mismatch(name, parameters.length);
}

function fits(value: unknown, kind: Kind): boolean {
  if (kind === 'array') return Array.isArray(value);
  return kind === 'any' || typeof value === kind;
}

function mismatch(name: string, index: number): Error {
  return fault('T0410', `Argument ${index + 1} of function "${name}" does not match function signature`, index);
}
