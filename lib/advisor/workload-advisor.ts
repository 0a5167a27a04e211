import type { WorkloadProfile } from '../workload/workload-profile';
import { breakEvensOf } from './break-even';
import { decide } from './decide';
import { describeTarget } from './describe-target';
import { flipsOf } from './flips';
import { FRAMEWORK } from './framework/framework';
import { openQuestionsOf } from './questions';
import type { Recommendation, RecommendOptions } from './recommendation';
import { summaryOf } from './summary';

/**
 * Says where a workload belongs: which targets fit, by which quota and with how much room, what they cost, and which fact would
 * change the answer. Missing facts are asked for, not guessed: what is not known takes no target out and lets no rule speak.
 *
 * ```ts
 * const answer = sdk.WorkloadAdvisor.recommend({
 *   duration: { typical: Duration.seconds(8) },
 *   traffic: { requestsPerMonth: 100_000, peakPerSecond: 40 },
 * });
 * console.log(answer.summary, answer.openQuestions.map(({ question }) => question));
 * ```
 */
export class WorkloadAdvisor {
  /** Ranks every target for a workload. A profile without any fact has an answer too, and many open questions. */
  static recommend(profile: WorkloadProfile, options: RecommendOptions = {}): Recommendation {
    const decision = decide(profile);
    const targets = decision.standings.map((standing) => describeTarget(profile, decision, standing, options.estimates ?? true));
    const flips = flipsOf(profile, decision);
    const openQuestions = openQuestionsOf(profile);
    const breakEvens = breakEvensOf(decision.facts);
    return {
      verdict: decision.verdict,
      summary: summaryOf(decision, targets, flips, breakEvens),
      targets,
      flips,
      openQuestions,
      settled: openQuestions.every(({ flips: answers }) => answers.every(({ verdict }) => verdict === decision.verdict)),
      rules: FRAMEWORK.flatMap(({ id, verdict }) => {
        const says = decision.said.get(id);
        return says === undefined ? [] : [{ id, verdict, says }];
      }),
      breakEvens,
    };
  }
}
