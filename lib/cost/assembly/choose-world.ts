import { opennessOf } from '../../template/conditions';
import { ResourceGraph } from '../../template/resource-graph';
import type { TemplateSource } from '../../template/template-source';
import { near } from '../../workload/near';
import { CostError } from '../cost-error';
import type { AssemblyLoad } from './assembly-load';

export interface ChosenWorld {
  readonly graph: ResourceGraph;
  readonly assumptions: readonly string[];
}

/**
 * The one world of the templates' conditions that is estimated: parameters have the values that the load states, or their defaults, and
 * conditions the outcomes that it states, or those which follow. What stays open is taken to hold, and the estimate says so.
 */
export function chooseWorld(sources: readonly TemplateSource[], load: AssemblyLoad, region: string): ChosenWorld {
  const problems = [
    ...unknownNames('parameter', load.parameters ?? [], namesIn(sources, 'Parameters')),
    ...unknownNames('condition', load.conditions ?? [], namesIn(sources, 'Conditions')),
  ];
  if (problems.length > 0) throw new CostError(problems);
  const graph = new ResourceGraph(decided(sources, load, region), { parameters: parametersOf(sources, load), comparisons: new Map() });
  return { graph, assumptions: assumptionsOf(graph) };
}

function namesIn(sources: readonly TemplateSource[], section: 'Parameters' | 'Conditions'): string[] {
  return sources.flatMap(({ name, template }) => Object.keys(template[section] ?? {}).flatMap((key) => [key, `${name}.${key}`]));
}

function unknownNames(kind: string, given: readonly { readonly name: string }[], known: readonly string[]): string[] {
  return given.flatMap(({ name }) => {
    if (known.includes(name)) return [];
    const meant = near(name, known);
    const there = known.filter(
      (candidate) => !candidate.includes('.') && candidate !== 'BootstrapVersion' && candidate !== 'CheckBootstrapVersion',
    );
    const help = meant !== undefined ? `did you mean ${meant}` : there.length > 0 ? `there are ${there.join(', ')}` : 'there are none';
    return [`there is no ${kind} ${JSON.stringify(name)} in the assembly; ${help}`];
  });
}

/** Values of the parameters that have one: stated by the load, or the default of a single value. */
function parametersOf(sources: readonly TemplateSource[], { parameters = [] }: AssemblyLoad): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name: stack, template } of sources) {
    for (const [name, { Type, Default }] of Object.entries(template.Parameters ?? {})) {
      const stated = stating(parameters, stack, name)?.value;
      // A default of an SSM type names a parameter of Systems Manager, whose value only the account knows.
      const standard = Type === 'String' || Type === 'Number' ? Default : undefined;
      const value = stated ?? standard;
      if (value !== undefined) values.set(`${stack}.${name}`, String(value));
    }
  }
  return values;
}

function stating<T extends { readonly name: string }>(entries: readonly T[], stack: string, name: string): T | undefined {
  return entries.find((entry) => entry.name === `${stack}.${name}`) ?? entries.find((entry) => entry.name === name);
}

/** The templates with their Region known and the stated conditions decided; a condition that is decided compares constants. */
function decided(sources: readonly TemplateSource[], { conditions = [] }: AssemblyLoad, region: string): TemplateSource[] {
  const made = new Map<TemplateSource, TemplateSource>();
  for (const source of sources) {
    const stated = Object.keys(source.template.Conditions ?? {}).flatMap((name) => {
      const entry = stating(conditions, source.name, name);
      return entry === undefined ? [] : [[name, { 'Fn::Equals': ['true', String(entry.holds)] }] as const];
    });
    const template =
      stated.length === 0
        ? source.template
        : { ...source.template, Conditions: { ...source.template.Conditions, ...Object.fromEntries(stated) } };
    const parent = source.parent && { ...source.parent, source: made.get(source.parent.source) ?? source.parent.source };
    made.set(source, { ...source, region: source.region ?? region, template, ...(parent && { parent }) });
  }
  return [...made.values()];
}

function assumptionsOf(graph: ResourceGraph): string[] {
  const { parameters, comparisons } = opennessOf(graph.stacks);
  return [
    ...[...comparisons].map(
      (comparison) => `the templates leave ${comparison} open; it is taken to hold (the load's conditions can say otherwise)`,
    ),
    ...[...parameters.keys()].map(
      (name) => `the parameter ${name} has no value; conditions that compare it do not hold (the load's parameters can state it)`,
    ),
  ];
}
