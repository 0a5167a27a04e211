import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type TypeReference =
  | { readonly primitive: string }
  | { readonly fqn: string }
  | { readonly collection: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference } }
  | { readonly union: { readonly types: readonly TypeReference[] } };

interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
}

interface Documented {
  readonly name: string;
  readonly docs?: Docs;
}

interface Value extends Documented {
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
}

interface Method extends Documented {
  readonly parameters?: readonly Value[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
  readonly static?: boolean;
}

interface ApiType extends Documented {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly Value[] };
  readonly properties?: readonly Value[];
  readonly methods?: readonly Method[];
  readonly members?: readonly Documented[];
}

/** API.md, from the assembly that jsii writes. */
export function apiPage(): string {
  const file = join(__dirname, '..', '.jsii');
  if (!existsSync(file)) throw new Error('API.md is written from .jsii, which is not there; run "npm run build"');
  const { name, types } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; types: Record<string, ApiType> };
  const all = Object.values(types).sort((left, right) => (left.name < right.name ? -1 : 1));
  const sections = {
    Constructs: all.filter(isConstruct),
    Classes: all.filter((type) => type.kind === 'class' && !isConstruct(type)),
    Options: all.filter(({ datatype }) => datatype),
    Interfaces: all.filter(({ kind, datatype }) => kind === 'interface' && !datatype),
    Enumerations: all.filter(({ kind }) => kind === 'enum'),
  };
  const contents = Object.entries(sections).map(
    ([title, members]) => `**${title}**: ${members.map((type) => `[${type.name}](#${type.name.toLowerCase()})`).join(', ')}`,
  );
  const body = Object.values(sections).flatMap((members) => members.map(describe));
  return `# API\n\nGenerated from the jsii assembly of ${name}. Types of the CDK bear the name of their module.\n\n${contents.join('\n\n')}\n\n${body.join('\n')}`;
}

function isConstruct({ kind, initializer }: ApiType): boolean {
  const [scope, id] = initializer?.parameters ?? [];
  return kind === 'class' && scope?.name === 'scope' && id?.name === 'id';
}

function describe(type: ApiType): string {
  const { name, kind, abstract, base, interfaces = [], initializer, properties = [], methods = [], members = [], docs } = type;
  const parents = [...(base ? [base] : []), ...interfaces].map((fqn) => `\`${shortName(fqn)}\``);
  const parts = [
    `## ${name}\n`,
    textOf(docs),
    parents.length > 0 ? `${kind === 'interface' ? 'Extends' : 'Is'} ${parents.join(', ')}.\n` : '',
    initializer && !abstract ? `\`new ${name}(${signature(initializer.parameters)})\`\n` : '',
    table(
      ['property', 'type', 'meaning', 'default'],
      properties.map((property) => [
        `\`${property.static ? `${name}.` : ''}${property.name}${property.optional ? '?' : ''}\``,
        `\`${typeName(property.type)}\``,
        textOf(property.docs),
        property.docs?.default ?? '',
      ]),
    ),
    table(
      ['method', 'meaning'],
      methods.map((method) => [
        `\`${method.static ? `${name}.` : ''}${method.name}(${signature(method.parameters)})${resultOf(method)}\``,
        textOf(method.docs),
      ]),
    ),
    table(
      ['member', 'meaning'],
      members.map((member) => [`\`${member.name}\``, textOf(member.docs)]),
    ),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function textOf(docs: Docs | undefined): string {
  return [docs?.summary, docs?.remarks].filter((text) => text).join('\n\n') + (docs?.summary ? '\n' : '');
}

function signature(parameters: readonly Value[] = []): string {
  return parameters.map(({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${typeName(type)}`).join(', ');
}

function resultOf({ returns }: Method): string {
  return returns ? `: ${typeName(returns.type)}${returns.optional ? ' | undefined' : ''}` : '';
}

function typeName(type: TypeReference): string {
  if ('primitive' in type) return type.primitive;
  if ('fqn' in type) return shortName(type.fqn);
  if ('union' in type) return type.union.types.map(typeName).join(' | ');
  const element = typeName(type.collection.elementtype);
  return type.collection.kind === 'array' ? `${element}[]` : `{ [key: string]: ${element} }`;
}

/** `aws-cdk-lib.aws_lambda.Alias` is `aws_lambda.Alias`, and our own types bear their name only. */
function shortName(fqn: string): string {
  return fqn.replace(/^(cdk-serverless-ai|aws-cdk-lib|constructs)\./, '');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cell = (text: string) =>
    text
      .trim()
      .replace(/\s*\n\s*/g, ' ')
      .replaceAll('|', '\\|');
  return `${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')}\n`;
}
