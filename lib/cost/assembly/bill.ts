import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import { usageProblems } from '../check-usage';
import { type DraftLine, type Factor, product, type UsageContext } from '../draft-line';
import type { Service } from '../service';
import type { ResourceLoad } from './assembly-load';
import { labelOf } from './find-resource';
import type { CountedRun } from './machine-run';

/** Calls of a month: those that the templates' own schedules make, and those that the load brings. */
export interface Flow {
  readonly scheduled: number;
  readonly loaded: number;
}

/** What a month asks of the resources of a graph. */
export interface Month extends UsageContext {
  readonly graph: ResourceGraph;
  /** What the load states of a resource; nothing where it states nothing. */
  load(resource: Resource): Partial<ResourceLoad>;
  flow(resource: Resource): Flow;
  /** One execution of a state machine; undefined where its definition cannot be read. */
  run(machine: Resource): CountedRun | undefined;
}

/** What one resource comes to, and what was taken for granted or left out. */
export interface Bill {
  readonly lines: readonly DraftLine[];
  readonly notes: readonly string[];
}

/** How a type of resource is billed. */
export type Biller = (resource: Resource, month: Month) => Bill;

export const NOTHING: Bill = { lines: [], notes: [] };

export function together(...bills: readonly Bill[]): Bill {
  return { lines: bills.flatMap(({ lines }) => lines), notes: bills.flatMap(({ notes }) => notes) };
}

export const noted = (...notes: readonly string[]): Bill => ({ lines: [], notes });

/** How the lines of a service's usage are taken over. */
interface Taking {
  /** Due whether or not something is requested. @default - as the service says */
  readonly idle?: boolean;
  /** Only those lines that are due in any case, or only the others. @default - all */
  readonly only?: 'idle' | 'used';
}

/** What a service bills for a usage, under the name of the resource. A usage that cannot be is left out and told. */
export function serviceBill<U extends object>(
  service: Service<U>,
  resource: Resource,
  usage: U,
  month: UsageContext,
  { idle, only }: Taking = {},
): Bill {
  const problems = usageProblems(service, usage);
  if (problems.length > 0) return noted(`${labelOf(resource)} is not counted: ${problems.join('; ')}`);
  const lines = service.lines(usage, month).filter((line) => only === undefined || (line.idle === true) === (only === 'idle'));
  return {
    lines: named(
      resource,
      lines.map((line) => (idle === undefined ? line : { ...line, idle })),
    ),
    notes: [],
  };
}

/** A line of its own, under the name of the resource. */
export function lineBill(
  resource: Resource,
  item: string,
  price: string,
  factors: readonly Factor[],
  more: Parameters<typeof product>[3] = {},
): Bill {
  return { lines: named(resource, [product(item, price, factors, more)]), notes: [] };
}

/** Lines are known by the resource that they are for; what there is none of is left out. */
function named(resource: Resource, lines: readonly DraftLine[]): DraftLine[] {
  return lines.filter(({ quantity }) => quantity !== 0).map((line) => ({ ...line, item: `${labelOf(resource)}: ${line.item}` }));
}

export const IDLE = { idle: true } as const;
