import { controllerOf } from './controllers';
import { Fleet } from './fleet';
import type { FleetSettings } from './fleet-settings';
import type { FleetTally } from './fleet-tally';
import type { MechanismPlan } from './mechanism-plan';
import type { Work } from './work';

/** A schedule was there before the first request, and knows nothing of the minutes at which requests come. */
function leadMs(plan: MechanismPlan): number {
  return plan.kind === 'ping' ? plan.everyMs / 2 : 0;
}

/**
 * Plays the requests through a fleet that a mechanism keeps ready. Of what happens at one moment, work ends first, then the mechanism acts, then
 * requests come.
 */
export function simulate(plan: MechanismPlan, work: Work, settings: FleetSettings): FleetTally {
  const start = Math.min(work.at[0] ?? 0, work.countFrom) - leadMs(plan);
  const fleet = new Fleet(work, settings, plan.kind !== 'managedInstances', start);
  const controller = controllerOf(plan, work, start, settings.coldMs);
  const actUntil = (moment: number) => {
    while (controller.next <= moment) {
      const now = controller.next;
      fleet.advance(now);
      controller.act(fleet, now);
    }
    fleet.advance(moment);
  };
  for (let index = 0; index < work.at.length; index += 1) {
    actUntil(work.at[index]!);
    fleet.arrive(index);
  }
  actUntil(work.until);
  return fleet.close();
}
