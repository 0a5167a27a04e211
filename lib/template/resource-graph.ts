import { conditionHolds, opennessOf } from './conditions';
import { Resource } from './resource';
import { StackView } from './stack-view';
import type { TemplateSource } from './template-source';
import { render, Unknown, type Value } from './value';
import { type World, worldsOf } from './world';

const OPEN: World = { parameters: new Map(), comparisons: new Map() };

/**
 * The resources of some templates with their references resolved: within a template, through parameters and outputs of nested stacks, and through exports and
 * stack outputs from stack to stack. A graph shows one world of the templates' conditions, so that what depends on the same condition is seen together.
 */
export class ResourceGraph {
  readonly stacks: readonly StackView[];
  readonly resources: readonly Resource[];
  private readonly byType = new Map<string, Resource[]>();
  private readonly byStackName: ReadonlyMap<string, StackView>;
  private readonly parameters = new Map<string, Unknown>();
  private exports: ReadonlyMap<string, Value> | undefined;

  constructor(
    sources: readonly TemplateSource[],
    readonly world: World = OPEN,
  ) {
    const views = new Map<TemplateSource, StackView>();
    for (const source of sources) views.set(source, this.view(source, views));
    this.stacks = [...views.values()];
    this.byStackName = new Map(this.stacks.map((stack) => [stack.source.stackName, stack]));
    for (const stack of this.stacks) this.fill(stack);
    this.resources = this.stacks.flatMap((stack) => [...stack.resources.values()]);
    for (const resource of this.resources) {
      const kept = this.byType.get(resource.type);
      if (kept === undefined) this.byType.set(resource.type, [resource]);
      else kept.push(resource);
    }
  }

  /** One graph for each world that the conditions of the templates allow, as `worldsOf` chooses them. */
  static worlds(sources: readonly TemplateSource[]): ResourceGraph[] {
    const open = new ResourceGraph(sources);
    return worldsOf(opennessOf(open.stacks)).map((world) => new ResourceGraph(sources, world));
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return types.length === 1 ? (this.byType.get(types[0]!) ?? []) : types.flatMap((type) => this.byType.get(type) ?? []);
  }

  stackNamed(name: string): StackView | undefined {
    return this.byStackName.get(name);
  }

  exported(name: string): Value | undefined {
    this.exports ??= new Map(
      this.stacks.flatMap((stack) =>
        Object.entries(stack.source.template.Outputs ?? {}).flatMap(([output, { Export }]) => {
          const value = Export === undefined ? undefined : stack.output(output);
          return value === undefined ? [] : [[render(stack.resolve(Export?.Name)), value] as const];
        }),
      ),
    );
    return this.exports.get(name);
  }

  /** A parameter without a value in this world. */
  parameter(key: string): Unknown {
    const known = this.parameters.get(key) ?? new Unknown(key);
    this.parameters.set(key, known);
    return known;
  }

  isParameter(value: Unknown): boolean {
    return this.parameters.get(value.name) === value;
  }

  private view(source: TemplateSource, views: ReadonlyMap<TemplateSource, StackView>): StackView {
    const parent = source.parent && views.get(source.parent.source);
    const view = new StackView(this, source, parent && { stack: parent, logicalId: source.parent!.logicalId });
    if (parent !== undefined) parent.nested.set(source.parent!.logicalId, view);
    return view;
  }

  private fill(stack: StackView): void {
    for (const [logicalId, resource] of Object.entries(stack.source.template.Resources ?? {})) {
      // While the world is open every resource is there, so that what conditions compare can be found.
      if (this.world !== OPEN && resource.Condition !== undefined && !conditionHolds(stack, resource.Condition)) continue;
      stack.resources.set(logicalId, new Resource(stack, logicalId, resource));
    }
  }
}

/** Computes something once for each graph. */
export function perGraph<T>(compute: (graph: ResourceGraph) => T): (graph: ResourceGraph) => T {
  const known = new WeakMap<ResourceGraph, { readonly value: T }>();
  return (graph) => {
    const kept = known.get(graph) ?? { value: compute(graph) };
    known.set(graph, kept);
    return kept.value;
  };
}
