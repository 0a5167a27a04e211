import { Duration } from 'aws-cdk-lib/core';
import { sizeBytes } from '../workload/size-bytes';
import { AgentCoupling, EventSource, StateKind, TrafficShape, type WorkloadProfile } from '../workload/workload-profile';

/** A fact of a profile that is one of a few, with the profiles in which it is another. */
export interface Switch {
  readonly fact: string;
  readonly now: string;
  readonly others: readonly { readonly value: string; readonly profile: WorkloadProfile }[];
}

function switchOf<T extends string | boolean>(
  fact: string,
  now: T | undefined,
  values: readonly T[],
  put: (value: T) => WorkloadProfile,
): Switch[] {
  if (now === undefined) return [];
  const others = values.filter((value) => value !== now).map((value) => ({ value: String(value), profile: put(value) }));
  return [{ fact, now: String(now), others }];
}

const FLAGS = [false, true] as const;

/** Flags have a documented default and so always a value; what has none is switched only where it is told. */
export function switchesOf(profile: WorkloadProfile): Switch[] {
  const { traffic, state, constraints, steps } = profile;
  const flag = (fact: string, now: boolean | undefined, put: (value: boolean) => WorkloadProfile) =>
    switchOf(fact, now ?? false, FLAGS, put);
  return [
    ...flag('gpu', profile.gpu, (gpu) => ({ ...profile, gpu })),
    ...flag('alwaysOn', profile.alwaysOn, (alwaysOn) => ({ ...profile, alwaysOn })),
    ...flag('streaming', profile.streaming, (streaming) => ({ ...profile, streaming })),
    ...flag('constraints.vpc', constraints?.vpc, (vpc) => ({ ...profile, constraints: { ...constraints, vpc } })),
    ...flag('constraints.containerImage', constraints?.containerImage, (containerImage) => ({
      ...profile,
      constraints: { ...constraints, containerImage },
    })),
    ...switchOf('multiAgent', profile.multiAgent, Object.values(AgentCoupling), (multiAgent) => ({ ...profile, multiAgent })),
    ...switchOf('eventSource', profile.eventSource, Object.values(EventSource), (eventSource) => ({ ...profile, eventSource })),
    ...switchOf('state.kind', state?.kind, Object.values(StateKind), (kind) => ({ ...profile, state: { ...state, kind } })),
    ...switchOf('traffic.shape', traffic?.shape, Object.values(TrafficShape), (shape) => ({
      ...profile,
      ...(traffic === undefined ? {} : { traffic: { ...traffic, shape } }),
    })),
    ...(steps === undefined
      ? []
      : [{ fact: 'steps', now: `${steps.length} steps`, others: [{ value: 'one piece that cannot be cut', profile: uncut(profile) }] }]),
  ];
}

/** The same work in one piece. */
function uncut({ steps, ...rest }: WorkloadProfile): WorkloadProfile {
  const plus = (times: readonly { typical: number; worst: number }[], end: 'typical' | 'worst') =>
    times.reduce((total, range) => total + range[end], 0);
  const times = (steps ?? []).map(({ duration: { typical, worst = typical } }) => ({
    typical: typical.toMilliseconds({ integral: false }),
    worst: worst.toMilliseconds({ integral: false }),
  }));
  const duration = rest.duration ?? { typical: Duration.millis(plus(times, 'typical')), worst: Duration.millis(plus(times, 'worst')) };
  const largest = (steps ?? []).map(({ memory }) => memory).filter((memory) => memory !== undefined);
  const memory = rest.memory ?? largest.sort((one, two) => sizeBytes(two) - sizeBytes(one))[0];
  const gpu = rest.gpu ?? (steps ?? []).some((step) => step.gpu);
  return { ...rest, duration, gpu, ...(memory === undefined ? {} : { memory }) };
}
