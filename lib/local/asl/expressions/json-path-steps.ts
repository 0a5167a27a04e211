import { member } from './json-path-filter';

/** One step of a path. `deep` steps are taken from a value and everything inside it. */
export type Step = { readonly deep: boolean } & (
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly by: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly test: (candidate: unknown) => boolean }
);

/** Every value at the end of the steps; what a step does not find is left out. */
export function follow(root: unknown, steps: readonly Step[]): unknown[] {
  return steps.reduce<unknown[]>(
    (values, step, index) => {
      const from = step.deep ? values.flatMap(withDescendants) : values;
      return from.flatMap((value) => taken(value, step, index === steps.length - 1));
    },
    [root],
  );
}

function taken(value: unknown, step: Step, last: boolean): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const list = Array.isArray(value) ? (value as unknown[]) : undefined;
  switch (step.kind) {
    case 'names':
      return named(value, step.names, last);
    case 'indexes':
      return found(step.indexes.map((index) => list?.at(index)));
    case 'slice':
      return list === undefined ? [] : sliced(list, step);
    case 'all':
      return list ?? Object.values(value);
    default:
      // An object is tested itself, a list element by element.
      return (list ?? [value]).filter(step.test);
  }
}

/** Several names at the end of a path give one object of those that are there; before its end each goes its own way. */
function named(value: object, names: readonly string[], last: boolean): unknown[] {
  if (names.length === 1 || !last) return found(names.map((name) => member(value, name)));
  if (Array.isArray(value)) return [];
  return [Object.fromEntries(names.filter((name) => Object.hasOwn(value, name)).map((name) => [name, member(value, name)]))];
}

function sliced(
  list: readonly unknown[],
  { from, to, by }: { readonly from?: number; readonly to?: number; readonly by: number },
): unknown[] {
  return list.slice(from, to).filter((_, index) => index % by === 0);
}

function withDescendants(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(withDescendants)];
}

function found(values: readonly unknown[]): unknown[] {
  return values.filter((value) => value !== undefined);
}
