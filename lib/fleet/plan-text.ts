import type { DayHours, MechanismPlan } from './mechanism-plan';
import { counted } from './words';

const MINUTE_MS = 60_000;

const hoursText = ({ from, to }: DayHours) => `from ${from}:00 to ${to}:00`;
const environments = (count: number) => counted(count, 'environment');

/** A mechanism with its numbers. */
export function planText(plan: MechanismPlan): string {
  switch (plan.kind) {
    case 'nothing':
      return 'nothing';
    case 'snapStart':
      return 'SnapStart';
    case 'ping': {
      const hours = plan.hours === undefined ? '' : ` ${hoursText(plan.hours)}`;
      return `ping ${environments(plan.environments)} every ${plan.everyMs / MINUTE_MS} min${hours}`;
    }
    case 'fixed':
      return `provision ${environments(plan.environments)}`;
    case 'scheduled': {
      const otherwise = plan.otherwise === 0 ? '' : `, else ${plan.otherwise}`;
      return `provision ${environments(plan.environments)} ${hoursText(plan.hours)}${otherwise}`;
    }
    case 'autoscaled':
      return `provision ${plan.min} to ${environments(plan.max)} at ${Math.round(plan.target * 100)} % utilization`;
    case 'managedInstances':
      return `Managed Instances with ${environments(plan.environments)}${plan.concurrency === 1 ? '' : ` of ${plan.concurrency} requests at once`}`;
  }
}
