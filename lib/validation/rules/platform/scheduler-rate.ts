import { SCHEDULER_MINIMUM_RATE } from '../../../quotas/scheduler-quotas';
import type { Rule } from '../../rule';
import { isLiteral } from '../compute/literal';

const RULE = 'AWS::Events::Rule';

/** Seconds of a unit that a person may write. */
const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

export const SCHEDULER_RATE: Rule = {
  id: 'scheduler-rate',
  title: 'Schedule that recurs more often than schedules can',
  why: 'The deployment fails: the smallest unit of a rate is a minute.',
  severity: 'error',
  fix: 'use rate(1 minute) and let what it starts loop with waits in between, or take the work from a queue',
  source: SCHEDULER_MINIMUM_RATE.source,
  check: (graph) =>
    graph.ofType('AWS::Scheduler::Schedule', RULE).flatMap((schedule) => {
      const expression = schedule.text('ScheduleExpression') ?? '';
      const [, count, unit = ''] = /^rate\(\s*(\d+)\s+(second|minute|hour|day)s?\s*\)$/.exec(expression) ?? [];
      if (count === undefined) return [];
      const isTooOften = unit === 'second' || Number(count) * SECONDS[unit]! < SCHEDULER_MINIMUM_RATE.min!;
      if (!isTooOften) return [];
      return [
        {
          resource: schedule,
          message: `ScheduleExpression must be at least rate(1 minute), got ${expression}`,
          ...(schedule.type === RULE && isLiteral(schedule, 'ScheduleExpression') && { reportedByCdk: 'E3027' }),
        },
      ];
    }),
};
