import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { baselineSaving } from '../break-even';
import { allowedBy } from '../limit-row';
import { Verdict } from '../recommendation';
import { numberText, timeText } from '../words';
import { type FrameworkRule, rule } from './framework-rule';
import { isEventDriven, isUneven } from './serverless-rules';

const TIMEOUT = allowedBy(LAMBDA_TIMEOUT);
const MEMORY = allowedBy(LAMBDA_MEMORY);
/** The usual request is short beside the worst one. */
const MIXED = 10;

/** Steps that a function cannot run. */
const tooLarge = ({ steps }: WorkloadFacts) =>
  steps.filter(({ activeSeconds, memoryBytes, gpu }) => gpu || activeSeconds > TIMEOUT || (memoryBytes ?? 0) > MEMORY);

const isLongJob = ({ longestStepSeconds }: WorkloadFacts) => longestStepSeconds !== undefined && longestStepSeconds > TIMEOUT;

export const HYBRID_RULES: readonly FrameworkRule[] = [
  rule(
    'mixed-short-and-long',
    Verdict.HYBRID,
    (facts) =>
      isLongJob(facts) &&
      facts.steps.length === 0 &&
      facts.typicalSeconds! <= TIMEOUT &&
      facts.worstSeconds! >= MIXED * facts.typicalSeconds!,
    ({ typicalSeconds, worstSeconds }) =>
      `most requests take ${timeText(typicalSeconds!)}, some up to ${timeText(worstSeconds!)}: the short ones go to functions, the long ones to containers`,
  ),
  rule(
    'baseline-and-spikes',
    Verdict.HYBRID,
    // What can wait in a queue has no spikes to take.
    (facts) => isUneven(facts) && facts.interactive !== false && (facts.alwaysOn || (baselineSaving(facts) ?? 0) > 0),
    (facts) =>
      (baselineSaving(facts) ?? 0) > 0
        ? `${numberText(facts.averageConcurrency!)} pieces of work are under way on average, with peaks above: containers that this keeps busy cost less than functions, and functions take the spikes`
        : `a process is there all the time, and traffic is ${facts.shape}: containers take the baseline, functions the spikes`,
  ),
  rule(
    'light-event-long-job',
    Verdict.HYBRID,
    (facts) => isEventDriven(facts) && isLongJob(facts),
    ({ eventSource, longestStepSeconds }) =>
      `a light event (${eventSource}) starts ${timeText(longestStepSeconds!)} of work: a queue hands it to containers that start from zero`,
  ),
  rule(
    'some-steps-outgrow-a-function',
    Verdict.HYBRID,
    (facts) => tooLarge(facts).length > 0 && tooLarge(facts).length < facts.steps.length,
    (facts) => {
      const names = tooLarge(facts).map(({ name, gpu }) => (gpu ? `${name} (GPU)` : name));
      return `${names.join(', ')} outgrow${names.length === 1 ? 's' : ''} a function; the other ${facts.steps.length - names.length} of ${facts.steps.length} steps do not`;
    },
  ),
];
