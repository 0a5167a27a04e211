import {
  LAMBDA_PROVISIONED_ALARM_IN,
  LAMBDA_PROVISIONED_ALARM_LOW,
  LAMBDA_PROVISIONED_ALARM_OUT,
  LAMBDA_PROVISIONED_RATE,
} from '../quotas/lambda-scaling-quotas';
import type { Fleet } from './fleet';
import { type DayHours, type MechanismPlan, within } from './mechanism-plan';
import { hourOf, type Work } from './work';

const MINUTE_MS = 60_000;
/** The alarm for less looks for a utilization below this share of the target. https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
const LOW = LAMBDA_PROVISIONED_ALARM_LOW.max!;

/** Something that happens by the clock and not by requests. */
export interface Controller {
  /** When it acts next. */
  readonly next: number;
  act(fleet: Fleet, now: number): void;
}

/** Never does anything. */
const NOTHING: Controller = { next: Number.POSITIVE_INFINITY, act: () => undefined };

class Once implements Controller {
  constructor(
    public next: number,
    private readonly environments: number,
  ) {}

  act(fleet: Fleet, now: number): void {
    fleet.provision(this.environments, now);
    this.next = Number.POSITIVE_INFINITY;
  }
}

class ByTheHour implements Controller {
  private readonly step: number;

  constructor(
    public next: number,
    private readonly plan: MechanismPlan & { kind: 'scheduled' },
    private readonly work: Work,
  ) {
    this.step = work.dayMs / 24 / 60;
  }

  act(fleet: Fleet, now: number): void {
    const { hours, environments, otherwise } = this.plan;
    const inside = within(hours, this.hourAfter(now));
    fleet.provision(inside ? environments : otherwise, now);
    // By the minute of the day, which is exact for the hours that can be set.
    let next = now;
    do next += this.step;
    while (within(hours, this.hourAfter(next)) === inside && next <= this.work.until);
    this.next = next;
  }

  private hourAfter(at: number): number {
    return hourOf(this.work, at + this.step / 2);
  }
}

class ByUtilization implements Controller {
  next: number;
  private minute: number;
  private above = 0;
  private below = 0;
  private capacity = 0;
  private pending?: { readonly at: number; readonly environments: number };

  constructor(
    start: number,
    private readonly plan: MechanismPlan & { kind: 'autoscaled' },
    private readonly coldMs: number,
  ) {
    this.next = start;
    this.minute = start;
  }

  act(fleet: Fleet, now: number): void {
    if (this.capacity === 0) this.allocate(fleet, this.plan.min, now);
    if (this.pending !== undefined && now >= this.pending.at) {
      this.allocate(fleet, this.pending.environments, now);
      this.pending = undefined;
    }
    if (now >= this.minute) {
      this.look(fleet.utilizationUntil(now), now);
      this.minute += MINUTE_MS;
    }
    this.next = Math.min(this.minute, this.pending?.at ?? Number.POSITIVE_INFINITY);
  }

  private allocate(fleet: Fleet, environments: number, now: number): void {
    this.capacity = environments;
    fleet.provision(environments, now);
  }

  /** A minute without requests has no data point, and moves neither alarm. */
  private look(utilization: number | undefined, now: number): void {
    if (utilization === undefined || this.pending !== undefined) return;
    const { target, min, max } = this.plan;
    this.above = utilization > target ? this.above + 1 : 0;
    this.below = utilization < target * LOW ? this.below + 1 : 0;
    const wanted = Math.min(max, Math.max(min, Math.ceil((this.capacity * utilization) / target)));
    if (this.above >= LAMBDA_PROVISIONED_ALARM_OUT.min! && wanted > this.capacity) this.order(wanted, now);
    else if (this.below >= LAMBDA_PROVISIONED_ALARM_IN.min! && wanted < this.capacity) this.order(wanted, now);
  }

  /** None of the new ones can be used before all of them are there. */
  private order(environments: number, now: number): void {
    const more = Math.max(0, environments - this.capacity);
    const startMs = more === 0 ? 0 : this.coldMs + (more / LAMBDA_PROVISIONED_RATE.max!) * MINUTE_MS;
    this.pending = { at: now + startMs, environments };
    this.above = 0;
    this.below = 0;
  }
}

class Pings implements Controller {
  private readonly hours?: DayHours;

  constructor(
    public next: number,
    private readonly plan: MechanismPlan & { kind: 'ping' },
    private readonly work: Work,
  ) {
    this.hours = plan.hours;
  }

  act(fleet: Fleet, now: number): void {
    if (within(this.hours, hourOf(this.work, now))) fleet.ping(this.plan.environments, this.plan.holdMs, now);
    this.next = now + this.plan.everyMs;
  }
}

/** What a mechanism does by the clock, from `start` on. */
export function controllerOf(plan: MechanismPlan, work: Work, start: number, coldMs: number): Controller {
  switch (plan.kind) {
    case 'nothing':
    case 'snapStart':
      return NOTHING;
    case 'ping':
      return new Pings(start, plan, work);
    case 'fixed':
      return new Once(start, plan.environments);
    case 'managedInstances':
      return new Once(start, plan.environments * plan.concurrency);
    case 'scheduled':
      return new ByTheHour(start, plan, work);
    case 'autoscaled':
      return new ByUtilization(start, plan, coldMs);
  }
}
