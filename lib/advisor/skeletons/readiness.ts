import { FleetMechanism, type FleetResult } from '../../fleet/fleet-result';
import type { WorkloadFacts } from '../../workload/workload-facts';
import type { Packaging } from '../cold-starts';
import { startsTooLate } from '../targets/function-risks';

/** What a skeleton writes down so that a function answers in time. */
export interface Readiness {
  /** Constructs to import. */
  readonly names: readonly string[];
  readonly concurrency?: string;
  /** Lines after the function, which is bound to the given name. */
  readonly after: (name: string) => readonly string[];
}

const NOTHING: Readiness = { names: [], after: () => [] };

function provisioned(environments: number): Readiness {
  return { ...NOTHING, names: ['ProvisionedConcurrency'], concurrency: `ProvisionedConcurrency.fixed(${environments})` };
}

function pinged(environments: number): Readiness {
  return {
    names: ['KeepWarmSchedule', 'WarmingMode'],
    after: (name) => [
      '// The handler is wrapped in `keepWarm`.',
      "new KeepWarmSchedule(this, 'Warm', {",
      `  targets: [{ alias: ${name}.alias }],`,
      `  mode: WarmingMode.ping({ environments: ${environments}, every: Duration.minutes(5) }),`,
      '});',
    ],
  };
}

/** As the simulation found, or what is under way on average where nothing could be simulated. */
export function readinessOf(facts: WorkloadFacts, packaging: Packaging, best?: FleetResult): Readiness {
  if (best === undefined) {
    return startsTooLate(facts, packaging) ? provisioned(Math.max(1, Math.ceil(facts.averageConcurrency ?? 1))) : NOTHING;
  }
  if (best.mechanism === FleetMechanism.PING) return pinged(best.environments);
  return best.mechanism === FleetMechanism.PROVISIONED ? provisioned(best.environments) : NOTHING;
}
