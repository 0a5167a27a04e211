import { AssemblyError } from '../../template/assembly-error';
import type { TemplateResource } from '../../template/template-source';
import { type Identity, identify } from './identity';
import { conditionHolds, evaluate } from './intrinsics';
import { generatedName, uuid } from './physical-name';
import { NO_VALUE, PSEUDO_PARAMETERS } from './pseudo-parameters';
import type { StackSource } from './read-assembly';
import type { Resolver } from './resolver';
import { UnknownValueError } from './unknown-value-error';

/** A resource that the template makes, conditions considered. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Construct path; the logical id where the assembly does not say. */
  readonly path: string;
  readonly template: TemplateResource;
}

/** One stack as if deployed: names, ARNs and properties. Whatever cannot be resolved fails when it is asked for, by name. */
export class ResolvedStack {
  private readonly identities = new Map<string, Identity>();
  private readonly identifying = new Set<string>();

  constructor(
    readonly source: StackSource,
    readonly resolver: Resolver,
  ) {}

  get name(): string {
    return this.source.name;
  }

  resourcesOf(...types: readonly string[]): Resource[] {
    return Object.entries(this.source.template.Resources ?? {})
      .filter(
        ([, { Type, Condition }]) => types.includes(Type) && (Condition === undefined || this.condition(Condition, 'a resource condition')),
      )
      .map(([logicalId, template]) => ({ logicalId, type: template.Type, path: this.source.paths[logicalId] ?? logicalId, template }));
  }

  identity(logicalId: string, where = logicalId): Identity {
    const known = this.identities.get(logicalId);
    if (known) return known;
    const resource = this.source.template.Resources?.[logicalId];
    if (!resource) throw new AssemblyError(`${where}: stack ${this.name} has no resource ${logicalId}`);
    if (this.identifying.has(logicalId)) throw new AssemblyError(`${where}: the name of ${logicalId} depends on itself`);
    this.identifying.add(logicalId);
    try {
      const identity = this.identifyResource(logicalId, resource);
      this.identities.set(logicalId, identity);
      return identity;
    } finally {
      this.identifying.delete(logicalId);
    }
  }

  /** A property with all that is in it; undefined when absent. */
  property(logicalId: string, name: string): unknown {
    const properties = this.source.template.Resources?.[logicalId]?.Properties;
    return properties?.[name] === undefined ? undefined : this.value(properties[name], `${this.name}/${logicalId}.${name}`);
  }

  /** A property as the template has it, intrinsics and all. */
  rawProperty(logicalId: string, name: string): unknown {
    return this.source.template.Resources?.[logicalId]?.Properties?.[name];
  }

  text(logicalId: string, name: string): string {
    const value = this.property(logicalId, name);
    if (value === undefined) throw new AssemblyError(`${this.name}/${logicalId}: ${this.typeOf(logicalId)} without ${name}`);
    return String(value);
  }

  number(logicalId: string, name: string, absent: number): number {
    const value = this.property(logicalId, name);
    return value === undefined ? absent : Number(value);
  }

  /** Resolves any part of the template; `where` is named when it cannot be. */
  value(node: unknown, where: string): unknown {
    const value = evaluate(this, node, where);
    return value === NO_VALUE ? undefined : value;
  }

  condition(name: string, where: string): boolean {
    const condition = this.source.template.Conditions?.[name];
    if (condition === undefined) throw new AssemblyError(`${where}: stack ${this.name} has no condition ${name}`);
    return conditionHolds(this, condition, `condition ${name}`);
  }

  ref(name: string, where: string): unknown {
    if (name === 'AWS::StackName') return this.name;
    if (name === 'AWS::StackId') return `arn:aws:cloudformation:us-east-1:000000000000:stack/${this.name}/${uuid(this.name)}`;
    if (name in PSEUDO_PARAMETERS) return PSEUDO_PARAMETERS[name];
    if (this.source.template.Parameters?.[name]) return this.parameter(name, where);
    return this.identity(name, where).ref;
  }

  attribute(logicalId: string, attribute: string, where: string): unknown {
    const type = this.source.template.Resources?.[logicalId]?.Type;
    if (type === 'AWS::CloudFormation::Stack') return this.nested(logicalId, where).output(attribute.replace(/^Outputs\./, ''), where);
    const value = this.identity(logicalId, where).attributes[attribute];
    if (value === undefined)
      throw new UnknownValueError(`${where}: cannot resolve ${attribute} of ${logicalId} (${type}); the local run does not know it`);
    return value;
  }

  output(name: string, where: string): unknown {
    const output = this.source.template.Outputs?.[name];
    if (!output) throw new AssemblyError(`${where}: stack ${this.name} has no output ${name}`);
    return this.value(output.Value, `output ${name} of ${this.name}`);
  }

  /** Identities are formed again, for an endpoint that became known. */
  forget(): void {
    this.identities.clear();
  }

  typeOf(logicalId: string): string {
    return this.source.template.Resources?.[logicalId]?.Type ?? 'unknown type';
  }

  private nested(logicalId: string, where: string): ResolvedStack {
    const found = this.resolver.stacks.find(({ source }) => source.parent?.stack === this.source && source.parent.logicalId === logicalId);
    if (!found) throw new AssemblyError(`${where}: the template of nested stack ${logicalId} is not in the assembly`);
    return found;
  }

  private parameter(name: string, where: string): unknown {
    const { Type, Default } = this.source.template.Parameters![name]!;
    const { parent } = this.source;
    if (parent) {
      const outer = this.resolver.stacks.find(({ source }) => source === parent.stack);
      const given = (
        parent.stack.template.Resources?.[parent.logicalId]?.Properties?.['Parameters'] as Record<string, unknown> | undefined
      )?.[name];
      if (outer && given !== undefined) return outer.value(given, `parameter ${name} of ${this.name}`);
    }
    const { parameters = {}, ssmParameters = {} } = this.resolver.options;
    const raw = parameters[name] ?? Default;
    if (raw === undefined) throw new AssemblyError(`${where}: parameter ${name} of stack ${this.name} has no default; give its value`);
    if (!Type.startsWith('AWS::SSM::Parameter::Value'))
      return Type === 'CommaDelimitedList' || Type.startsWith('List<') ? String(raw).split(/\s*,\s*/) : raw;
    const value = ssmParameters[String(raw)];
    if (value === undefined)
      throw new AssemblyError(`${where}: parameter ${name} is SSM parameter ${raw}, whose value must be given to the local run`);
    return Type.includes('List<') ? value.split(/\s*,\s*/) : value;
  }

  private identifyResource(logicalId: string, { Type, Properties }: TemplateResource): Identity {
    const property = (name: string) => this.property(logicalId, name);
    return identify(Type, {
      logicalId,
      stackName: this.name,
      property,
      required: (name) => this.text(logicalId, name),
      nameFrom: (name) => String(property(name) ?? generatedName(this.name, logicalId, Type)),
      endpoint: () => this.resolver.endpointOf(this, logicalId),
      queueOrigin: this.resolver.queueOrigin,
      ordinalBy: (name) => {
        const same = this.resourcesOf(Type).filter(
          (other) => JSON.stringify(other.template.Properties?.[name]) === JSON.stringify(Properties?.[name]),
        );
        return same.findIndex((other) => other.logicalId === logicalId) + 1;
      },
    });
  }
}
