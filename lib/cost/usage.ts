import type { DraftLine, UsageContext } from './draft-line';
import type { Service } from './service';

/** How much of one service a month takes: what profiles, assemblies and usage files are turned into, and what is priced. */
export interface Usage {
  readonly service: string;
  /** Requests of the month, where the service counts them. */
  readonly requests?: number;
  lines(context: UsageContext): DraftLine[];
}

export function usageOf<U extends object>(service: Service<U>, values: U): Usage {
  const requests = 'requests' in values && typeof values.requests === 'number' ? { requests: values.requests } : {};
  return { service: service.name, ...requests, lines: (context) => service.lines(values, context) };
}
