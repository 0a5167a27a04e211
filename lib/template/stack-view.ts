import { resolveValue } from './resolve-value';
import type { Resource } from './resource';
import type { ResourceGraph } from './resource-graph';
import type { TemplateSource } from './template-source';
import type { Value } from './value';

/** A stack inside a graph: its resources, and the values of its template as the graph's world has them. */
export class StackView {
  readonly resources = new Map<string, Resource>();
  /** Stacks nested in this one, by logical id. */
  readonly nested = new Map<string, StackView>();

  constructor(
    readonly graph: ResourceGraph,
    readonly source: TemplateSource,
    readonly parent: { readonly stack: StackView; readonly logicalId: string } | undefined,
  ) {}

  resolve(raw: unknown): Value | undefined {
    return resolveValue(this, raw);
  }

  output(name: string): Value | undefined {
    return this.resolve(this.source.template.Outputs?.[name]?.Value);
  }

  /** Identity of a parameter of this stack. */
  parameterKey(name: string): string {
    return `${this.source.name}.${name}`;
  }
}
