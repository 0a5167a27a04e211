import { SFN_INLINE_MAP_CONCURRENCY } from '../../../../quotas/step-functions-quotas';
import type { StateNode } from '../../../../template/state-machine';
import { ListValue, numberOf } from '../../../../template/value';

/** Items of a map, where the definition holds the list or bounds it: `{% $count($list) <= 20 ? $list : $error(...) %}`. */
export function itemCount({ state }: StateNode): number | undefined {
  const items = state.get('Items');
  if (items instanceof ListValue) return items.items.length;
  if (typeof items !== 'string') return undefined;
  const bound = /\$count\([^)]*\)\s*<=\s*(\d+)\s*\?/.exec(items)?.[1];
  const [, first, last] = /^\{%\s*\[\s*(\d+)\s*\.\.\s*(\d+)\s*\]\s*%\}$/.exec(items) ?? [];
  if (bound !== undefined) return Number(bound);
  return first === undefined ? undefined : Math.max(0, Number(last) - Number(first) + 1);
}

/** Iterations of an inline map that run at once at most. */
export function inlineConcurrency({ state }: StateNode): number {
  const most = SFN_INLINE_MAP_CONCURRENCY.max!;
  const stated = numberOf(state.get('MaxConcurrency')) ?? 0;
  return stated >= 1 ? Math.min(stated, most) : most;
}
