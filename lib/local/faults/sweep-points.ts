import type { ServiceCall } from '../gateway/gateway';
import type { Fault } from './fault';
import type { When } from './fault-point';

/** One moment at which a sweep kills the environment that calls. */
export interface CrashPoint {
  readonly when: When;
  readonly service: string;
  readonly operation?: string;
  /** Physical name of the function that calls. */
  readonly functionName: string;
  /** Which such call of the function it is, counted from 1. */
  readonly nth: number;
}

/** The calls that environments made, out of all. */
export function callsOfEnvironments(calls: readonly ServiceCall[]): ServiceCall[] {
  return calls.filter(({ caller }) => caller.environmentId !== undefined && caller.functionName !== undefined);
}

/** Two for each call of an environment: before it and after it. Calls are told apart by function, service, operation and number. */
export function pointsOf(calls: readonly ServiceCall[]): CrashPoint[] {
  const counts = new Map<string, number>();
  return callsOfEnvironments(calls).flatMap(({ service, operation, caller: { functionName = '' } }) => {
    const key = `${functionName} ${service} ${operation}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return (['before', 'after'] as const).map((when) => ({ when, service, operation, functionName, nth }));
  });
}

export function faultAt({ when, service, operation, functionName, nth }: CrashPoint): Fault {
  return { at: `${when}:${service}.${operation ?? '*'}`, kind: 'kill', function: functionName, nth };
}

/** As `--fault` takes it. */
export function textOf({ when, service, operation, functionName, nth }: CrashPoint): string {
  return `${when}:${service}.${operation ?? '*'}=kill,function=${functionName},nth=${nth}`;
}
