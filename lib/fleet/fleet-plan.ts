import type { Duration } from 'aws-cdk-lib/core';
import { FleetError } from './fleet-error';
import type { DayHours, MechanismPlan } from './mechanism-plan';
import { holdMsOf } from './ping-hold';

/** Hours of a day, 0 to 24; the end is not included and may be on the next day. */
export interface FleetHours {
  readonly from: number;
  readonly to: number;
}

/** Pings that hold environments, as KeepWarmSchedule sends them. */
export interface FleetPing {
  readonly environments: number;
  /** @default - 5 minutes */
  readonly every?: Duration;
  /** How long each ping keeps its environment busy. @default - as the warmer holds so many */
  readonly hold?: Duration;
  /** @default - all day */
  readonly hours?: FleetHours;
}

/** Provisioned concurrency by the clock. */
export interface FleetSchedule {
  /** Environments within the hours. */
  readonly environments: number;
  readonly hours: FleetHours;
  /** Environments at other hours. @default 0 */
  readonly otherwise?: number;
}

/** Provisioned concurrency that follows its own utilization. */
export interface FleetAutoscaling {
  readonly min: number;
  readonly max: number;
  /** Share of the environments that should be busy. @default 0.7 */
  readonly targetUtilization?: number;
}

/** Environments on Managed Instances. */
export interface FleetInstances {
  readonly environments: number;
  /** Requests that one environment serves at once. @default 1 */
  readonly concurrency?: number;
}

const MINUTE_MS = 60_000;
const DEFAULT_EVERY_MS = 5 * MINUTE_MS;
const DEFAULT_TARGET = 0.7;
const HOURS_OF_A_DAY = 24;

/** One way to keep environments ready, with its numbers. */
export class FleetPlan {
  /** Environments are started when requests need them. */
  static nothing(): FleetPlan {
    return new FleetPlan({ kind: 'nothing' });
  }

  /** Pings keep so many environments warm. */
  static ping(ping: FleetPing): FleetPlan {
    const { environments, every, hold, hours } = ping;
    whole('environments', environments, 1);
    const everyMs = every?.toMilliseconds() ?? DEFAULT_EVERY_MS;
    if (everyMs < MINUTE_MS) throw new FleetError([`every must be at least 1 min, got ${everyMs} ms; a schedule is no faster`]);
    const holdMs = hold?.toMilliseconds({ integral: false }) ?? holdMsOf(environments);
    return new FleetPlan({ kind: 'ping', environments, everyMs, holdMs, ...(hours !== undefined && { hours: checkedHours(hours) }) });
  }

  /** Provisioned concurrency that is always the same. */
  static provisioned(environments: number): FleetPlan {
    whole('environments', environments, 1);
    return new FleetPlan({ kind: 'fixed', environments });
  }

  /** Provisioned concurrency that changes by the clock. */
  static scheduled(schedule: FleetSchedule): FleetPlan {
    const { environments, otherwise = 0, hours } = schedule;
    whole('environments', environments, 1);
    whole('otherwise', otherwise, 0);
    return new FleetPlan({ kind: 'scheduled', environments, otherwise, hours: checkedHours(hours) });
  }

  /** Provisioned concurrency that target tracking changes, minutes after the load has. */
  static autoscaled(scaling: FleetAutoscaling): FleetPlan {
    const { min, max, targetUtilization: target = DEFAULT_TARGET } = scaling;
    whole('min', min, 1);
    whole('max', max, min);
    if (!(target > 0 && target < 1)) throw new FleetError([`targetUtilization must be more than 0 and less than 1, got ${target}`]);
    return new FleetPlan({ kind: 'autoscaled', min, max, target });
  }

  /** New environments are restored from a snapshot. */
  static snapStart(): FleetPlan {
    return new FleetPlan({ kind: 'snapStart' });
  }

  /** Environments on instances that are always there. */
  static managedInstances(instances: FleetInstances): FleetPlan {
    const { environments, concurrency = 1 } = instances;
    whole('environments', environments, 1);
    whole('concurrency', concurrency, 1);
    return new FleetPlan({ kind: 'managedInstances', environments, concurrency });
  }

  /** @internal */
  readonly _plan: MechanismPlan;

  private constructor(plan: MechanismPlan) {
    this._plan = plan;
  }
}

function whole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new FleetError([`${name} must be a whole number of at least ${least}, got ${value}`]);
  }
}

function checkedHours({ from, to }: FleetHours): DayHours {
  const inside = (hour: number) => hour >= 0 && hour <= HOURS_OF_A_DAY;
  if (!inside(from) || !inside(to) || from === to) {
    throw new FleetError([`hours must be two different hours from 0 to ${HOURS_OF_A_DAY}, got ${from} and ${to}`]);
  }
  return { from, to };
}
