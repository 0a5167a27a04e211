import type { StackView } from './stack-view';
import type { TemplateResource } from './template-source';
import { booleanOf, itemsOf, numberOf, Reference, referencesIn, type Value, valueAt } from './value';

type Path = readonly (string | number)[];

/** A resource of a template, as one world of its conditions has it. */
export class Resource {
  readonly type: string;
  /** `Stack/LogicalId`. */
  readonly id: string;
  /** Construct path, or null where nothing states it. */
  readonly path: string | null;

  constructor(
    readonly stack: StackView,
    readonly logicalId: string,
    readonly source: TemplateResource,
  ) {
    this.type = source.Type;
    this.id = `${stack.source.name}/${logicalId}`;
    const stated = source.Metadata?.['aws:cdk:path'];
    this.path = typeof stated === 'string' ? stated : (stack.source.paths[logicalId] ?? null);
  }

  /** The property at a path, resolved; undefined where the template leaves it out. */
  get(...path: Path): Value | undefined {
    const [first, ...rest] = path;
    if (first === undefined) return this.stack.resolve(this.source.Properties ?? {});
    return valueAt(this.stack.resolve(this.source.Properties?.[String(first)]), rest);
  }

  /** The number that the template states there; undefined where it states none, or none that is known. */
  number(...path: Path): number | undefined {
    return numberOf(this.get(...path));
  }

  /** As `number`, with the service's default where the template leaves the property out; undefined only for what is not known. */
  numberOr(standard: number, ...path: Path): number | undefined {
    const value = this.get(...path);
    return value === undefined ? standard : numberOf(value);
  }

  text(...path: Path): string | undefined {
    const value = this.get(...path);
    return typeof value === 'string' ? value : undefined;
  }

  boolean(...path: Path): boolean | undefined {
    return booleanOf(this.get(...path));
  }

  /** Items of a list; none where it is absent or not known. */
  list(...path: Path): readonly Value[] {
    return itemsOf(this.get(...path));
  }

  /** Resources that the value there refers to, each once. */
  references(...path: Path): readonly Resource[] {
    return [...new Set(referencesIn(this.get(...path)).map(({ resource }) => resource))];
  }

  /** The resource that the value there stands for, when it is nothing but a reference. */
  referent(...path: Path): Resource | undefined {
    const value = this.get(...path);
    return value instanceof Reference ? value.resource : undefined;
  }

  /** Whether the value there, or what holds it, is chosen by a condition. */
  isConditional(...path: Path): boolean {
    let raw: unknown = this.source.Properties;
    if (this.source.Condition !== undefined) return true;
    for (const step of path) {
      if (isChoice(raw)) return true;
      raw = (raw as Record<string, unknown> | undefined)?.[String(step)];
    }
    return isChoice(raw);
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return this.source.Metadata ?? {};
  }
}

function isChoice(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'Fn::If' in raw;
}
