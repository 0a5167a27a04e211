/** A reference to another resource, in place of Ref, Fn::GetAtt and DependsOn. */
export interface Reference {
  readonly $to: string;
  readonly attribute: string;
}

export interface Node {
  readonly id: string;
  readonly type: string;
  readonly body: unknown;
}

export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly [part: string]: unknown }>>;
  readonly [section: string]: unknown;
}

/** Properties that CDK derives from construct ids and that nothing refers to: a label is all they are. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['PolicyName'],
  'AWS::ECS::TaskDefinition': ['Family'],
  'AWS::ApiGateway::RestApi': ['Name'],
  'AWS::ApiGatewayV2::Api': ['Name'],
  'AWS::ApplicationAutoScaling::ScalingPolicy': ['PolicyName'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::EC2::SecurityGroup': ['GroupDescription'],
};

/** Names that must be unique in an account, so that each stack chooses its own; other resources repeat them as text. */
const CHOSEN_NAMES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElastiCache::User': ['UserName'],
  'AWS::ElastiCache::UserGroup': ['UserGroupId'],
  'AWS::ElastiCache::ServerlessCache': ['ServerlessCacheName'],
};

/** A template as a graph of resources and outputs, without anything that follows from the ids of constructs. */
export function graphOf(template: Template): Node[] {
  const names = chosenNames(template);
  const outputs = Object.entries((template['Outputs'] ?? {}) as Record<string, object>);
  const rest = Object.fromEntries(Object.entries(template).filter(([section]) => !['Resources', 'Outputs'].includes(section)));
  const entries: [string, string, unknown][] = [
    ...Object.entries(template.Resources).map(
      ([id, resource]) => [id, resource.Type, withoutLabels(resource)] as [string, string, unknown],
    ),
    ...outputs.map(([id, output]) => [`output ${id}`, 'Output', output] as [string, string, unknown]),
    ['template', 'Template', rest],
  ];
  return entries.map(([id, type, body]) => ({ id, type, body: normal(body, new Set(Object.keys(template.Resources)), names) }));
}

function chosenNames({ Resources }: Template): Map<string, string> {
  const names = new Map<string, string>();
  for (const { Type, Properties } of Object.values(Resources)) {
    for (const property of CHOSEN_NAMES[Type] ?? []) {
      names.set(String((Properties as Record<string, unknown>)[property]), `<${Type} ${property}>`);
    }
  }
  // The longest first: the name of a user may begin with that of its cache.
  return new Map([...names].sort(([left], [right]) => right.length - left.length));
}

function withoutLabels(resource: { readonly Type: string; readonly [part: string]: unknown }): unknown {
  const { Metadata, Properties, ...rest } = resource;
  const metadata = Object.entries((Metadata ?? {}) as object).filter(([key]) => key !== 'aws:cdk:path');
  const properties = { ...(Properties as Record<string, unknown>) };
  for (const label of LABELS[resource.Type] ?? []) if (label in properties) properties[label] = '<label>';
  if (Array.isArray(properties['Tags'])) properties['Tags'] = (properties['Tags'] as { Key: string }[]).map(withoutName);
  if (resource.Type === 'AWS::StepFunctions::StateMachine') properties['DefinitionString'] = parsed(properties['DefinitionString']);
  return { ...rest, Metadata: Object.fromEntries(metadata), Properties: properties };
}

/** EC2 constructs carry their construct path as tag `Name`. */
function withoutName(tag: { readonly Key: string }): object {
  return tag.Key === 'Name' ? { Key: 'Name', Value: '<label>' } : tag;
}

/** A state machine is compared as the JSON that it is: the order of its keys means nothing. */
function parsed(definition: unknown): unknown {
  const parts = typeof definition === 'string' ? [definition] : (definition as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  const text = parts.map((part, at) => (typeof part === 'string' ? part : `<<${at}>>`)).join('');
  const restore = (value: unknown): unknown => {
    if (typeof value === 'string' && /<<\d+>>/.test(value)) {
      return value.split(/<<(\d+)>>/).map((piece, at) => (at % 2 === 0 ? piece : parts[Number(piece)]));
    }
    if (Array.isArray(value)) return value.map(restore);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restore(inner)]))
      : value;
  };
  return restore(JSON.parse(text));
}

function normal(value: unknown, ids: ReadonlySet<string>, names: ReadonlyMap<string, string>, key = ''): unknown {
  if (typeof value === 'string') {
    if (key === 'DependsOn') return { $to: value, attribute: 'dependency' };
    // The id of a rule stands in the statement that lets it use a queue.
    if (key === 'Sid') return value.replace(/^AllowEventRule.*/, 'AllowEventRule<label>');
    return [...names].reduce((text, [name, label]) => text.replaceAll(name, label), value);
  }
  if (Array.isArray(value)) return value.map((inner) => normal(inner, ids, names, key));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  if (ref !== undefined && ids.has(ref)) return { $to: ref, attribute: 'Ref' };
  if (attribute !== undefined) return { $to: attribute[0], attribute: attribute[1] };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, normal(inner, ids, names, name === 'Sid' || name === 'DependsOn' ? name : '')]),
  );
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && '$to' in value;
}
