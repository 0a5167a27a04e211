import { count } from '../rounding';
import type { EstimateFacts } from './estimate-facts';

const HOUR = 3600;

export interface Standing {
  /** Containers or instances in the hours in which requests come, one at least. */
  readonly tasks: number;
  readonly assumptions: readonly string[];
}

/** How many containers or instances that stay a workload keeps busy. */
export function standing({ requests, seconds, activeHours, utilization, concurrencyPerTask }: EstimateFacts): Standing {
  const atOnce = (requests * seconds) / (activeHours * HOUR);
  const tasks = Math.max(1, Math.ceil(atOnce / (utilization * concurrencyPerTask) - 1e-9));
  return {
    tasks,
    assumptions: [
      `on average ${count(Number(atOnce.toPrecision(3)))} pieces of work run at once, ${count(concurrencyPerTask)} in one container or instance, each busy for ${count(utilization * 100)} % of its time`,
    ],
  };
}
