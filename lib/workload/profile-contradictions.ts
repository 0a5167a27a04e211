import type { Duration } from 'aws-cdk-lib/core';
import { sizeBytes } from './size-bytes';
import type { TimeRange, WorkloadProfile } from './workload-profile';

interface Contradiction {
  readonly path: string;
  readonly message: string;
}

/** The lowest average that the traffic of a month can have. */
const SECONDS_OF_LONGEST_MONTH = 31 * 86_400;

const seconds = (time: Duration) => time.toSeconds({ integral: false });
const text = (time: Duration) => `${seconds(time)} s`;

function inRange({ typical, worst }: TimeRange, path: string): Contradiction[] {
  if (worst === undefined || seconds(worst) >= seconds(typical)) return [];
  return [{ path: `${path}.worst`, message: `must not be less than the typical time of ${text(typical)}, got ${text(worst)}` }];
}

function inSteps({ steps = [] }: WorkloadProfile): Contradiction[] {
  const names = steps.map(({ name }) => name);
  return steps.flatMap((step, index) => {
    const path = `steps[${index}]`;
    const longest = step.duration.worst ?? step.duration.typical;
    const found = inRange(step.duration, `${path}.duration`);
    if (names.indexOf(step.name) < index) found.push({ path: `${path}.name`, message: `is taken by another step, got "${step.name}"` });
    if (step.waiting !== undefined && seconds(step.waiting) > seconds(longest)) {
      found.push({ path: `${path}.waiting`, message: `must not be more than the step's ${text(longest)}, got ${text(step.waiting)}` });
    }
    return found;
  });
}

function inLatency({ latency }: WorkloadProfile): Contradiction[] {
  const { p50, p99 } = latency ?? {};
  if (p50 === undefined || p99 === undefined || seconds(p99) >= seconds(p50)) return [];
  return [{ path: 'latency.p99', message: `must not be less than the p50 of ${text(p50)}, got ${text(p99)}` }];
}

function inTraffic({ traffic }: WorkloadProfile): Contradiction[] {
  if (traffic?.peakPerSecond === undefined) return [];
  const average = traffic.requestsPerMonth / SECONDS_OF_LONGEST_MONTH;
  if (traffic.peakPerSecond >= average) return [];
  return [
    {
      path: 'traffic.peakPerSecond',
      message: `must not be less than the average of the month, ${average.toPrecision(3)} per second, got ${traffic.peakPerSecond}`,
    },
  ];
}

/** The memory of a workload includes the model that runs in it. */
function inMemory({ memory, modelSize }: WorkloadProfile): Contradiction[] {
  if (memory === undefined || modelSize === undefined || sizeBytes(memory) >= sizeBytes(modelSize)) return [];
  const [least, got] = [modelSize, memory].map((size) => `${Number((sizeBytes(size) / 1024 ** 2).toPrecision(4))} MB`);
  return [{ path: 'memory', message: `must not be less than the model's ${least}, which it includes, got ${got}` }];
}

/** Statements of a profile that cannot all be true. */
export function contradictionsIn(profile: WorkloadProfile): Contradiction[] {
  return [
    ...(profile.duration === undefined ? [] : inRange(profile.duration, 'duration')),
    ...inSteps(profile),
    ...inTraffic(profile),
    ...inLatency(profile),
    ...inMemory(profile),
  ];
}
