import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock';
import { firingTimes } from './schedule-expression';

/** Something that fires again and again, of Scheduler or of a rule. */
export interface TimedModel {
  readonly label: string;
  readonly expression: string;
  readonly timezone: string;
  /** ISO timestamps between which it fires. */
  readonly startDate?: string;
  readonly endDate?: string;
}

/** One firing of a schedule. */
export interface Firing {
  /** Epoch milliseconds for which it was scheduled. */
  readonly scheduledTime: number;
  readonly executionId: string;
}

export interface SchedulesOptions {
  readonly clock: Clock;
  readonly onNotice: (notice: string) => void;
}

/**
 * Fires schedules as the clock of the local run passes them. A rate counts from the schedule's start date, else from the start of the local run: the
 * firing that Scheduler does when a schedule is created belongs to the deployment, which is over by then. A flexible window is used at its
 * beginning. A change of the clocks neither repeats a firing nor moves one.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export class Schedules {
  private readonly stopped = new AbortController();

  constructor(private readonly options: SchedulesOptions) {
    // Each schedule listens while it waits.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Reads the expression, says when it cannot be read, and fires from now on. */
  add(model: TimedModel, fire: (firing: Firing) => void): void {
    const { clock, onNotice } = this.options;
    try {
      const started = clock.now();
      const from = model.startDate === undefined ? started : Math.max(started, Date.parse(model.startDate));
      const anchor = model.startDate === undefined ? started : Date.parse(model.startDate);
      const times = firingTimes(model.expression, { timezone: model.timezone, anchor });
      const end = model.endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(model.endDate);
      // A rate with a start date fires at that very moment, everything else after it.
      const first = model.expression.startsWith('rate(') && anchor > started ? anchor : times.next(from - 1);
      this.run(first, end, times.next, fire).catch((error: Error) => {
        if (!this.stopped.signal.aborted) onNotice(`${model.label} no longer fires: ${error.message}`);
      });
    } catch (error) {
      onNotice(`${model.label} does not fire: ${(error as Error).message}`);
    }
  }

  /** No schedule fires any more. */
  stop(): void {
    this.stopped.abort(new Error('the local run ended'));
  }

  private async run(
    first: number | undefined,
    end: number,
    next: (after: number) => number | undefined,
    fire: (firing: Firing) => void,
  ): Promise<void> {
    const { clock } = this.options;
    const { signal } = this.stopped;
    for (let at = first; at !== undefined && at <= end; at = next(at)) {
      const wait = at - clock.now();
      await clock.sleep(Math.max(0, wait), signal);
      fire({ scheduledTime: at, executionId: randomUUID() });
    }
  }
}
