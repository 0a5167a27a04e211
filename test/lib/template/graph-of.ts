import { NO_ASSETS } from '../../../lib/template/assets';
import { ResourceGraph } from '../../../lib/template/resource-graph';
import type { Template, TemplateSource } from '../../../lib/template/template-source';

export function sourceOf(template: object, name = 'S', more: Partial<TemplateSource> = {}): TemplateSource {
  return { name, stackName: name, file: `${name}.template.json`, template: template as Template, assets: NO_ASSETS, paths: {}, ...more };
}

/** The graph of templates by stack name, in the first world. */
export function graphOf(templates: Readonly<Record<string, object>>): ResourceGraph {
  const sources = Object.entries(templates).map(([name, template]) => sourceOf(template, name));
  return ResourceGraph.worlds(sources)[0]!;
}

/** The graph of the resources of one stack named S. */
export function graphOfResources(resources: object): ResourceGraph {
  return graphOf({ S: { Resources: resources } });
}
