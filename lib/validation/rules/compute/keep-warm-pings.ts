import { type CallerKind, type Invocation, invocationsOf, invocationsOfFunction } from '../../../template/invocations';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { MapValue, render, type Value } from '../../../template/value';
import { schedulePeriod } from './schedule-period';

/** Environments were seen to go after five minutes and more: who pings less often does something else. */
const LONGEST_PERIOD = 15;

const PING = /(?<!s)warm|\bping\b/i;
const API_KINDS: ReadonlySet<CallerKind> = new Set(['rest-api', 'http-api', 'websocket-api', 'function-url', 'load-balancer']);

/** A schedule that calls a function so that it stays warm. */
export interface KeepWarmPing extends Invocation {
  /** Whether its name or its input says so, and not only that it comes every few minutes to a function that serves an API. */
  readonly certain: boolean;
  readonly input: string;
}

export const keepWarmPings = perGraph((graph: ResourceGraph): readonly KeepWarmPing[] =>
  invocationsOf(graph).flatMap((invocation): KeepWarmPing[] => {
    const { caller, target, at } = invocation;
    const period = schedulePeriod(caller.text('ScheduleExpression') ?? '');
    if (period === undefined || period > LONGEST_PERIOD) return [];
    const input = written(caller.type === 'AWS::Events::Rule' ? caller.get('Targets', Number(at), 'Input') : caller.get('Target', 'Input'));
    const names = [caller.path ?? caller.logicalId, caller.text('Name'), caller.text('Description')].join(' ');
    const certain = PING.test(input) || PING.test(names.slice(names.indexOf('/') + 1));
    return certain || (input === '' && servesApi(graph, target.fn)) ? [{ ...invocation, certain, input }] : [];
  }),
);

export function servesApi(graph: ResourceGraph, fn: Invocation['target']['fn']): boolean {
  return invocationsOfFunction(graph, fn).some(({ kind }) => API_KINDS.has(kind));
}

function written(value: Value | undefined): string {
  return value instanceof MapValue ? value.keys.join(' ') : render(value);
}
