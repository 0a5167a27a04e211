import type { Resource } from './resource';

/** `Ref` or `Fn::GetAtt` of a resource. */
export class Reference {
  constructor(
    readonly resource: Resource,
    /** `Ref`, or the name of the attribute. */
    readonly attribute: string,
  ) {}
}

/** What only the deployment knows: a parameter, a pseudo parameter, a function that is not evaluated here. */
export class Unknown {
  constructor(readonly name: string) {}
}

/** A string with references in it. */
export class Text {
  constructor(readonly parts: readonly TextPart[]) {}
}

export type TextPart = string | Reference | Unknown;

export class ListValue {
  private kept: readonly Value[] | undefined;

  constructor(private readonly read: () => readonly Value[]) {}

  get items(): readonly Value[] {
    this.kept ??= this.read();
    return this.kept;
  }
}

export class MapValue {
  constructor(
    readonly keys: readonly string[],
    private readonly read: (key: string) => Value | undefined,
  ) {}

  get(key: string): Value | undefined {
    return this.keys.includes(key) ? this.read(key) : undefined;
  }

  get entries(): readonly (readonly [string, Value])[] {
    return this.keys.flatMap((key) => {
      const value = this.read(key);
      return value === undefined ? [] : [[key, value] as const];
    });
  }
}

/** A value of a template, with its functions evaluated as far as a template allows. Absent values are undefined. */
export type Value = string | number | boolean | null | Reference | Unknown | Text | ListValue | MapValue;

/** The value at a path inside another one. */
export function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  let found = value;
  for (const step of path) {
    if (found instanceof MapValue) found = found.get(String(step));
    else if (found instanceof ListValue) found = found.items[Number(step)];
    else if (found instanceof Unknown) return found;
    else return undefined;
  }
  return found;
}

/** A number that the template states. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

export function booleanOf(value: Value | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return undefined;
}

/** Items of a list; one item where CloudFormation lets a list of one be written without brackets; none of what is not known. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  if (value instanceof ListValue) return value.items;
  return value === undefined || value instanceof Unknown ? [] : [value];
}

/** Pieces of a string: text, references, and what is not known. */
export function partsOf(value: Value | undefined): readonly TextPart[] {
  if (value instanceof Text) return value.parts;
  if (value instanceof Reference || value instanceof Unknown || typeof value === 'string') return [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}

/** A string for people, references in it as in Fn::Sub; also the identity of a value. */
export function render(value: Value | undefined): string {
  if (value instanceof ListValue) return `[${value.items.map(render).join(', ')}]`;
  if (value instanceof MapValue) return `{${value.entries.map(([key, entry]) => `${key}: ${render(entry)}`).join(', ')}}`;
  return partsOf(value)
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part instanceof Unknown) return `\${${part.name}}`;
      const { resource, attribute } = part;
      return `\${${resource.id}${attribute === 'Ref' ? '' : `.${attribute}`}}`;
    })
    .join('');
}

/** Every reference inside a value, at any depth. */
export function referencesIn(value: Value | undefined): readonly Reference[] {
  if (value instanceof Reference) return [value];
  if (value instanceof Text) return value.parts.filter((part) => part instanceof Reference);
  if (value instanceof ListValue) return value.items.flatMap(referencesIn);
  if (value instanceof MapValue) return value.entries.flatMap(([, entry]) => referencesIn(entry));
  return [];
}

/** The parts as the simplest value that says the same. */
export function joined(parts: readonly TextPart[]): Value {
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged.length - 1;
    if (part === '') continue;
    if (typeof part === 'string' && typeof merged[last] === 'string') merged[last] = `${merged[last]}${part}`;
    else merged.push(part);
  }
  if (merged.length === 0) return '';
  return merged.length === 1 ? merged[0]! : new Text(merged);
}
