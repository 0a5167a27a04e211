import { readTemplates } from '../../template/read-templates';
import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import type { TemplateSource } from '../../template/template-source';
import { CostError } from '../cost-error';
import type { DraftLine } from '../draft-line';
import type { Estimate } from '../estimate';
import type { EstimateOptions } from '../estimate-options';
import { makeEstimate, monthHoursOf } from '../make-estimate';
import { DEFAULT_REGION, type PriceBook, priceBook, SHIPPED_REGIONS } from '../price-book';
import type { AssemblyLoad, ResourceLoad } from './assembly-load';
import { type Bill, type Month, together } from './bill';
import { BILLS } from './bill-table';
import { chooseWorld } from './choose-world';
import { labelOf, ResourceFinder } from './find-resource';
import { costsByUse, isFree } from './free-types';
import { loadProblems, resourceLoadProblems } from './load-problems';
import { trafficOf } from './traffic';

interface Region {
  readonly region: string;
  readonly notes: readonly string[];
}

/** What a synthesized app costs in a month: what stands in its templates, and what the load asks of it. */
export function estimateAssembly(path: string, load: AssemblyLoad = {}, options: EstimateOptions = {}): Estimate {
  return estimateTemplates(readTemplates(path), load, options);
}

export function estimateTemplates(sources: readonly TemplateSource[], load: AssemblyLoad, options: EstimateOptions): Estimate {
  const monthHours = monthHoursOf(options);
  const { region, notes } = regionOf(sources, options);
  const { graph, assumptions } = chooseWorld(sources, load, region);
  const loads = loadsOf(ResourceFinder.of(graph), load);
  const traffic = trafficOf(graph, loads, load, monthHours);
  const month: Month = {
    graph,
    monthHours,
    load: (resource) => loads.get(resource) ?? {},
    flow: (resource) => traffic.flow(resource),
    run: (machine) => traffic.run(machine),
  };
  const bill = together(...graph.resources.map((resource) => BILLS[resource.type]?.(resource, month) ?? { lines: [], notes: [] }));
  const { lines, unpriced } = pricedLines(bill, priceBook(region, options.prices));
  const requests = options.requestsPerMonth ?? load.requestsPerMonth ?? traffic.requests();
  const told = [
    ...notes,
    ...assumptions,
    ...loadNotes(load),
    ...traffic.notes(),
    ...bill.notes,
    ...unpriced,
    ...otherTypes(graph.resources),
    ...missingStacks(graph),
    ...imageNotes(sources),
  ];
  return makeEstimate([{ service: 'assembly', lines: () => [...lines] }], { ...options, region, requestsPerMonth: requests }, [
    ...new Set(told),
  ]);
}

/** The Region of the estimate: as asked for, else that of the assembly where its prices ship, else the default. */
function regionOf(sources: readonly TemplateSource[], { region }: EstimateOptions): Region {
  if (region !== undefined) return { region, notes: [] };
  const stated = [...new Set(sources.flatMap((source) => source.region ?? []))];
  const shipped = stated.find((one) => SHIPPED_REGIONS.includes(one)) ?? DEFAULT_REGION;
  const others = stated.filter((one) => one !== shipped);
  if (stated.length === 0) return { region: shipped, notes: [`the assembly names no Region: prices are those of ${shipped}`] };
  return {
    region: shipped,
    notes: others.length === 0 ? [] : [`prices of ${shipped} stand in for those of ${others.join(', ')}, which do not ship`],
  };
}

/** The load of each resource that it names. All names that are none, and all facts that do not fit, are one error. */
function loadsOf(finder: ResourceFinder, load: AssemblyLoad): ReadonlyMap<Resource, ResourceLoad> {
  const problems = loadProblems(load);
  const loads = new Map<Resource, ResourceLoad>();
  (load.resources ?? []).forEach((entry, index) => {
    const { resource: name, ...facts } = entry;
    const found = finder.find(name, Object.keys(facts));
    if ('problem' in found) problems.push(`resources[${index}]: ${found.problem}`);
    else if (loads.has(found.resource)) problems.push(`resources[${index}]: ${labelOf(found.resource)} has a load already; state it once`);
    else {
      problems.push(...resourceLoadProblems(found.resource, entry, index));
      loads.set(found.resource, entry);
    }
  });
  if (problems.length > 0) throw new CostError(problems);
  return loads;
}

function loadNotes({ requestsPerMonth, resources = [] }: AssemblyLoad): string[] {
  if (requestsPerMonth === undefined && resources.length === 0)
    return ['no load is stated: only what is due while nothing is requested is counted'];
  return ['resources of which the load states nothing, and which nothing reaches, are counted as not used'];
}

/** A line whose price does not ship is named, not dropped. */
function pricedLines({ lines }: Bill, book: PriceBook): { lines: readonly DraftLine[]; unpriced: readonly string[] } {
  const isPriced = ({ price, valuedAt, ownPrice }: DraftLine) =>
    ownPrice !== undefined || (book.has(price) && (valuedAt === undefined || book.has(valuedAt)));
  return {
    lines: lines.filter(isPriced),
    unpriced: lines.filter((line) => !isPriced(line)).map(({ item, price }) => `not priced: ${item} (there is no price ${price})`),
  };
}

/** Types that are neither billed here nor known to be free. */
function otherTypes(resources: readonly Resource[]): string[] {
  const byType = new Map<string, string[]>();
  for (const resource of resources) {
    if (Object.hasOwn(BILLS, resource.type) || isFree(resource.type)) continue;
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), labelOf(resource)]);
  }
  return [...byType].map(([type, labels]) =>
    costsByUse(type) ? `what is used of ${type} is not counted (${labels.join(', ')})` : `not priced: ${type} (${labels.join(', ')})`,
  );
}

function imageNotes(sources: readonly TemplateSource[]): string[] {
  const images = new Set(sources.flatMap(({ assets }) => [...assets.images.values()].map(({ hash }) => hash)));
  return images.size === 0 ? [] : [`the storage of ${images.size} container images that a deployment pushes to ECR is not counted`];
}

function missingStacks(graph: ResourceGraph): string[] {
  const missing = graph.ofType('AWS::CloudFormation::Stack').filter(({ stack, logicalId }) => !stack.nested.has(logicalId));
  return missing.map((nested) => `the resources of ${labelOf(nested)} are not counted: the template of this nested stack is not there`);
}
