import type { Quota } from '../../../quotas/quota';
import { SFN_BACKOFF_RATE, SFN_RETRY_ATTEMPTS, SFN_RETRY_INTERVAL, SFN_RETRY_MAX_DELAY } from '../../../quotas/step-functions-quotas';
import { machinesOf } from '../../../template/state-machine';
import { numberOf } from '../../../template/value';
import type { Rule } from '../../rule';
import { type Retrier, retriersOf } from './machine/retriers';
import { stateName } from './machine/task';

const BOUNDS: readonly (readonly [field: string, quota: Quota])[] = [
  ['IntervalSeconds', SFN_RETRY_INTERVAL],
  ['MaxAttempts', SFN_RETRY_ATTEMPTS],
  ['BackoffRate', SFN_BACKOFF_RATE],
  ['MaxDelaySeconds', SFN_RETRY_MAX_DELAY],
];

export const STEP_FUNCTIONS_RETRIER: Rule = {
  id: 'step-functions-retrier',
  title: 'A retrier that Step Functions does not take',
  why: 'Step Functions refuses the definition.',
  severity: 'error',
  fix: 'set values in those ranges, and put States.ALL alone into the last retrier',
  source: SFN_RETRY_ATTEMPTS.source,
  check: (graph) =>
    machinesOf(graph).flatMap(({ resource, states }) =>
      states.flatMap((node) => {
        const retriers = retriersOf(node);
        const problems = retriers.flatMap((retrier, index) => [
          ...BOUNDS.flatMap(([field, quota]) => outside(retrier, field, quota)),
          ...misordered(retrier),
          ...misplaced(retrier, index === retriers.length - 1),
        ]);
        return problems.map((problem) => ({ resource, message: `a retrier of ${stateName(node)}: ${problem}` }));
      }),
    ),
};

function outside({ fields }: Retrier, field: string, { min, max }: Quota): string[] {
  const value = numberOf(fields.get(field));
  if (value === undefined || (value >= (min ?? value) && value <= (max ?? value))) return [];
  return [`${field} must be ${max === undefined ? `at least ${min}` : `from ${min} to ${max}`}, got ${value}`];
}

function misordered({ fields }: Retrier): string[] {
  const [most, interval] = [fields.get('MaxDelaySeconds'), fields.get('IntervalSeconds')].map(numberOf);
  const first = fields.get('IntervalSeconds') === undefined ? SFN_RETRY_INTERVAL.default : interval;
  // One second is out of range whatever the interval is, and has been told of.
  if (most === undefined || first === undefined || most > first || most < SFN_RETRY_MAX_DELAY.min!) return [];
  return [`MaxDelaySeconds must be greater than IntervalSeconds (${first}), got ${most}`];
}

function misplaced({ errors }: Retrier, isLast: boolean): string[] {
  if (!errors.includes('States.ALL')) return [];
  const alone = errors.length > 1 ? [`States.ALL must stand alone, got ${errors.join(', ')}`] : [];
  return isLast ? alone : [...alone, 'States.ALL must be in the last retrier, got others after it'];
}
