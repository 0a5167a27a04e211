import { Duration, Size } from 'aws-cdk-lib/core';
import { sizeBytes } from '../workload/size-bytes';
import { factsOf } from '../workload/workload-facts';
import type { TimeRange, WorkloadProfile, WorkloadStep } from '../workload/workload-profile';
import { numberText, sizeText, timeText } from './words';

/** A number of a profile that can be turned. */
export interface Dial {
  readonly fact: string;
  /** What the profile says, in seconds, bytes or a count. */
  readonly value: number;
  /** Bounds within which the profile stays free of contradictions. */
  readonly least: number;
  readonly most: number;
  readonly text: (value: number) => string;
  readonly turn: (value: number) => WorkloadProfile;
}

const ENDLESS = Number.MAX_VALUE;
const HOURS_OF_A_DAY = 24;

const seconds = (time: Duration) => time.toSeconds({ integral: false });
const time = (value: number) => Duration.millis(value * 1_000);

type Put<T> = (value: T) => WorkloadProfile;

function timeDial(fact: string, value: Duration | undefined, put: Put<Duration>, bounds: { least?: number; most?: number } = {}): Dial[] {
  if (value === undefined) return [];
  const { least = 0, most = ENDLESS } = bounds;
  return [{ fact, value: seconds(value), least, most, text: timeText, turn: (to) => put(time(to)) }];
}

function sizeDial(fact: string, value: Size | undefined, put: Put<Size>, bounds: { least?: Size; most?: Size } = {}): Dial[] {
  if (value === undefined) return [];
  const least = bounds.least === undefined ? 0 : sizeBytes(bounds.least);
  const most = bounds.most === undefined ? ENDLESS : sizeBytes(bounds.most);
  return [{ fact, value: sizeBytes(value), least, most, text: sizeText, turn: (to) => put(Size.bytes(to)) }];
}

function countDial(fact: string, value: number | undefined, put: Put<number>, most = ENDLESS, least = 0): Dial[] {
  return value === undefined ? [] : [{ fact, value, least, most, text: numberText, turn: put }];
}

/** Both ends of a range, and the whole of it where they are the same. */
function rangeDials(fact: string, range: TimeRange | undefined, put: Put<TimeRange>): Dial[] {
  if (range === undefined) return [];
  const { typical, worst } = range;
  if (worst === undefined) return timeDial(fact, typical, (to) => put({ typical: to }));
  return [
    ...timeDial(`${fact}.typical`, typical, (to) => put({ ...range, typical: to }), { most: seconds(worst) }),
    ...timeDial(`${fact}.worst`, worst, (to) => put({ ...range, worst: to }), { least: seconds(typical) }),
  ];
}

function stepDials(profile: WorkloadProfile): Dial[] {
  const { steps = [] } = profile;
  return steps.flatMap((step, index) => {
    const put = (change: Partial<WorkloadStep>) => ({ ...profile, steps: steps.with(index, { ...step, ...change }) });
    return [
      ...rangeDials(`steps[${index}].duration`, step.duration, (duration) => put({ duration })),
      ...sizeDial(`steps[${index}].memory`, step.memory, (memory) => put({ memory })),
    ];
  });
}

/** Peaks stay above the average, and the average below the peak. */
function trafficDials(profile: WorkloadProfile): Dial[] {
  const { traffic } = profile;
  if (traffic === undefined) return [];
  const put = (change: Partial<typeof traffic>) => ({ ...profile, traffic: { ...traffic, ...change } });
  const { requestsPerMonth, peakPerSecond = ENDLESS, activeHoursPerDay } = traffic;
  const { activePerSecond = 0 } = factsOf(profile);
  const mostRequests = requestsPerMonth * Math.max(1, peakPerSecond / activePerSecond);
  return [
    ...countDial('traffic.requestsPerMonth', requestsPerMonth, (to) => put({ requestsPerMonth: to }), mostRequests),
    ...countDial('traffic.peakPerSecond', traffic.peakPerSecond, (to) => put({ peakPerSecond: to }), ENDLESS, activePerSecond),
    ...countDial('traffic.activeHoursPerDay', activeHoursPerDay, (to) => put({ activeHoursPerDay: to }), HOURS_OF_A_DAY),
  ];
}

/** Every number of a profile on which an answer may depend. */
export function dialsOf(profile: WorkloadProfile): Dial[] {
  const { latency, payload } = profile;
  return [
    ...rangeDials('duration', profile.duration, (duration) => ({ ...profile, duration })),
    ...stepDials(profile),
    ...sizeDial('memory', profile.memory, (memory) => ({ ...profile, memory }), { least: profile.modelSize }),
    ...sizeDial('packageSize', profile.packageSize, (packageSize) => ({ ...profile, packageSize })),
    ...sizeDial('modelSize', profile.modelSize, (modelSize) => ({ ...profile, modelSize }), { most: profile.memory }),
    ...trafficDials(profile),
    ...timeDial('latency.p50', latency?.p50, (p50) => ({ ...profile, latency: { ...latency, p50 } })),
    ...timeDial('latency.p99', latency?.p99, (p99) => ({ ...profile, latency: { ...latency, p99 } })),
    ...timeDial('latency.coldBudget', latency?.coldBudget, (coldBudget) => ({ ...profile, latency: { ...latency, coldBudget } })),
    ...sizeDial('payload.request', payload?.request, (request) => ({ ...profile, payload: { ...payload, request } })),
    ...sizeDial('payload.response', payload?.response, (response) => ({ ...profile, payload: { ...payload, response } })),
  ];
}
