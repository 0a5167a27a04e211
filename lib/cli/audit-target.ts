import { existsSync, readFileSync, statSync } from 'node:fs';
import { readAssembly } from '../template/read-assembly';
import { readTemplate } from '../template/read-templates';
import type { TemplateSource } from '../template/template-source';
import { CommandError } from './command-error';
import { templateFromYaml } from './template-yaml';

const CODE = 'Target';
const EXPECTED = 'name an assembly directory (cdk.out) or a CloudFormation template';

/** The templates of an assembly directory, or of one template file, JSON or YAML. */
export function readTarget(path: string): TemplateSource[] {
  if (!existsSync(path)) throw new CommandError(CODE, `there is no ${path}`, EXPECTED);
  if (statSync(path).isDirectory()) return readAssembly(path);
  return readTemplate(path, checked(path, parsed(path, readable(path))));
}

function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CommandError(CODE, `${file} cannot be read: ${(error as Error).message}`, EXPECTED);
  }
}

function parsed(file: string, text: string): unknown {
  if (text.trim() === '') throw new CommandError(CODE, `${file} is empty`, EXPECTED);
  const json = /^\s*[[{]/.test(text);
  try {
    return json ? JSON.parse(text) : templateFromYaml(text);
  } catch (error) {
    // The parser of YAML draws the place below its first line.
    const [message = ''] = (error as Error).message.split(':\n');
    throw new CommandError(CODE, `${file} is not ${json ? 'JSON' : 'JSON or YAML'}: ${message.replace(/\s+/g, ' ')}`, EXPECTED);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The template without what is no resource among its resources: Fn::ForEach makes them only when it is deployed. */
function checked(file: string, template: unknown): unknown {
  const resources = isObject(template) ? template['Resources'] : undefined;
  if (!isObject(template) || !isObject(resources))
    throw new CommandError(CODE, `${file} is no CloudFormation template: it has no Resources`, EXPECTED);
  const stated = Object.entries(resources).filter(([name]) => !name.startsWith('Fn::'));
  for (const [name, resource] of stated) {
    if (!isObject(resource) || typeof resource['Type'] !== 'string')
      throw new CommandError(CODE, `${file} is no CloudFormation template: resource ${name} has no Type`, EXPECTED);
    if (resource['Properties'] !== undefined && resource['Properties'] !== null && !isObject(resource['Properties']))
      throw new CommandError(CODE, `${file} is no CloudFormation template: Properties of ${name} are no object`, EXPECTED);
  }
  return { ...template, Resources: Object.fromEntries(stated) };
}

/** What of the templates is not looked at, because it is elsewhere, or there only when CloudFormation has transformed them. */
export function blindSpots(sources: readonly TemplateSource[]): string[] {
  const read = new Set(sources.map(({ name }) => name));
  return sources.flatMap(({ name, template }) => {
    const transforms = [(template as { Transform?: unknown }).Transform ?? []].flat().map((one) => (isObject(one) ? one['Name'] : one));
    const unseen = transforms.filter((transform) => transform !== 'AWS::LanguageExtensions');
    const nested = Object.entries(template.Resources ?? {}).filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack');
    const missing = nested.map(([id]) => `${name}/${id}`).filter((child) => !read.has(child));
    return [
      ...(unseen.length === 0 ? [] : [`${name} is looked at as it stands: what ${unseen.join(', ')} makes of it is not seen`]),
      ...missing.map((child) => `nested stack ${child} is not looked at: its template is not beside that of its parent`),
    ];
  });
}
