import type { WorkloadProfile } from '../workload/workload-profile';
import { answerText, type Decision, decide, sameAnswer } from './decide';
import { type Dial, dialsOf } from './dials';
import type { FlipFact } from './recommendation';
import { type Switch, switchesOf } from './switches';

/** Turned so far, step by step, until the answer changes; the first steps are small, so that a near threshold is always found. */
const STEPS = [1.01, 1.05, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100, 300, 1_000, 10_000, 1e5, 1e6];
/** A threshold is told to a tenth of a percent. */
const NARROW = 1.001;

type Answer = (value: number) => Decision;

/** Halves the ratio between the last value that keeps the answer and the first that does not. */
function narrowed(kept: number, changed: number, differs: (value: number) => boolean): number {
  let [same, other] = [kept, changed];
  while (Math.max(same, other) / Math.min(same, other) > NARROW) {
    const middle = Math.sqrt(same * other);
    if (differs(middle)) other = middle;
    else same = middle;
  }
  return other;
}

function flipOf(dial: Dial, now: Decision, answer: Answer, factors: readonly number[]): FlipFact[] {
  const differs = (value: number) => !sameAnswer(answer(value), now);
  let kept = dial.value;
  for (const factor of factors) {
    const value = Math.min(dial.most, Math.max(dial.least, dial.value * factor));
    if (value === kept) return [];
    if (differs(value)) {
      const at = narrowed(kept, value, differs);
      const then = answer(at);
      const side = at > dial.value ? 'more' : 'less';
      return [
        {
          fact: dial.fact,
          now: dial.text(dial.value),
          at: `about ${dial.text(at)} or ${side}`,
          value: at,
          becomes: answerText(then),
          verdict: then.verdict,
        },
      ];
    }
    kept = value;
  }
  return [];
}

function dialFlips(dial: Dial, now: Decision): FlipFact[] {
  if (dial.value <= 0) return [];
  const answer: Answer = (value) => decide(dial.turn(value));
  const down = STEPS.map((factor) => 1 / factor);
  return [...flipOf(dial, now, answer, STEPS), ...flipOf(dial, now, answer, down)];
}

function switchFlips({ fact, now: value, others }: Switch, now: Decision): FlipFact[] {
  return others.flatMap(({ value: at, profile }) => {
    const then = decide(profile);
    return sameAnswer(then, now) ? [] : [{ fact, now: value, at, becomes: answerText(then), verdict: then.verdict }];
  });
}

/** A choice is as far away as a number that grows tenfold. */
const CHOICE_DISTANCE = 10;

interface Found {
  readonly flip: FlipFact;
  readonly distance: number;
}

const apart = (one: number, two: number) => Math.max(one, two) / Math.min(one, two);

/**
 * Facts that change the answer when they alone change: the nearest threshold on either side, and every other choice. Changes of the
 * verdict come first, the nearest of them before the others.
 */
export function flipsOf(profile: WorkloadProfile, now: Decision): FlipFact[] {
  const found: Found[] = [
    ...dialsOf(profile).flatMap((dial) => dialFlips(dial, now).map((flip) => ({ flip, distance: apart(flip.value!, dial.value) }))),
    ...switchesOf(profile).flatMap((choice) => switchFlips(choice, now).map((flip) => ({ flip, distance: CHOICE_DISTANCE }))),
  ];
  const keeps = ({ flip }: Found) => Number(flip.verdict === now.verdict);
  return found.sort((one, two) => keeps(one) - keeps(two) || one.distance - two.distance).map(({ flip }) => flip);
}
