import { LAMBDA_MEMORY } from '../quotas/lambda-quotas';
import { sizeBytes } from '../workload/size-bytes';
import type { FleetOptions, FleetWorkload } from './fleet-workload';

const MIB = 1024 ** 2;
const HOURS_OF_A_DAY = 24;
/** Far more than any function gets: what is larger is a mistake of units. */
const MOST_REQUESTS = 1e12;
export const DEFAULT_ARRIVALS = 50_000;
const LEAST_ARRIVALS = 100;
/** More than these take minutes and half a gigabyte. */
const MOST_ARRIVALS = 2_000_000;

type Check = (workload: FleetWorkload) => string[];

const missing: Check = ({ init, memory, traffic, trace, duration }) => {
  const facts = { init, memory, traffic: traffic ?? trace, duration: duration ?? trace };
  const names = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return names.length === 0 ? [] : [`a simulation needs ${names.join(', ')}; add it to the workload`];
};

const trafficProblems: Check = ({ traffic, trace }) => {
  if (traffic === undefined || trace !== undefined) return [];
  const { requestsPerMonth, activeHoursPerDay = HOURS_OF_A_DAY } = traffic;
  const requests =
    requestsPerMonth > 0 && requestsPerMonth <= MOST_REQUESTS
      ? []
      : [`traffic.requestsPerMonth must be more than 0 and at most ${MOST_REQUESTS}, got ${requestsPerMonth}`];
  return activeHoursPerDay > 0 && activeHoursPerDay <= HOURS_OF_A_DAY
    ? requests
    : [...requests, `traffic.activeHoursPerDay must be more than 0 and at most ${HOURS_OF_A_DAY}, got ${activeHoursPerDay}`];
};

const memoryProblems: Check = ({ memory }) => {
  if (memory === undefined) return [];
  const mib = sizeBytes(memory) / MIB;
  const { min, max } = LAMBDA_MEMORY;
  return mib >= min! && mib <= max! ? [] : [`memory must be from ${min} to ${max} MB, got ${mib} MB`];
};

const durationProblems: Check = ({ duration }) => {
  if (duration?.worst === undefined) return [];
  const [typical, worst] = [duration.typical, duration.worst].map((time) => time.toMilliseconds({ integral: false })) as [number, number];
  return worst >= typical ? [] : [`duration.worst must be at least duration.typical, got ${worst} and ${typical} ms`];
};

const countProblems: Check = ({ reservedConcurrency, accountConcurrency, concurrencyPerEnvironment }) =>
  Object.entries({ reservedConcurrency, accountConcurrency, concurrencyPerEnvironment }).flatMap(([name, value]) =>
    value === undefined || (Number.isSafeInteger(value) && value > 0) ? [] : [`${name} must be a whole number of at least 1, got ${value}`],
  );

const CHECKS: readonly Check[] = [missing, trafficProblems, memoryProblems, durationProblems, countProblems];

/** Everything that keeps a workload from being simulated. */
export function workloadProblems(workload: FleetWorkload, { arrivals = DEFAULT_ARRIVALS }: FleetOptions): string[] {
  const fitting = arrivals >= LEAST_ARRIVALS && arrivals <= MOST_ARRIVALS;
  return [
    ...CHECKS.flatMap((check) => check(workload)),
    ...(fitting ? [] : [`arrivals must be from ${LEAST_ARRIVALS} to ${MOST_ARRIVALS}, got ${arrivals}`]),
  ];
}
