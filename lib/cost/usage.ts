import type { DraftLine, UsageContext } from './draft-line';
import type { Service } from './service';

/** How much of one service a month takes: what profiles, assemblies and usage files are turned into, and what is priced. */
export interface Usage {
  readonly service: string;
  /** Requests of the month, where the service counts them. */
  readonly requests?: number;
  lines(context: UsageContext): DraftLine[];
}

/** What services call that which costs a little more with each one, the first of them that a usage has. */
const COUNTED = ['requests', 'executions', 'sessions', 'launches', 'invocations', 'messages', 'events'];

function requestsOf(values: object): { requests?: number } {
  const counts = values as Readonly<Record<string, unknown>>;
  const counted = COUNTED.map((name) => counts[name]).find((value) => typeof value === 'number');
  return counted === undefined ? {} : { requests: counted };
}

export function usageOf<U extends object>(service: Service<U>, values: U): Usage {
  return { service: service.name, ...requestsOf(values), lines: (context) => service.lines(values, context) };
}
