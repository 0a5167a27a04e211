import { FUNCTION } from '../../../../template/function-target';
import { type Invocation, invocationsOf } from '../../../../template/invocations';
import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';

export function isDurable(resource: Resource): boolean {
  return resource.type === FUNCTION && resource.get('DurableConfig') !== undefined;
}

export const durableFunctionsOf = perGraph((graph: ResourceGraph): readonly Resource[] => graph.ofType(FUNCTION).filter(isDurable));

/** Calls of durable functions. */
export const durableInvocationsOf = perGraph((graph: ResourceGraph): readonly Invocation[] =>
  invocationsOf(graph).filter(({ target }) => isDurable(target.fn)),
);

const CALLERS: Partial<Readonly<Record<Invocation['kind'], string>>> = {
  'event-rule': 'target',
  'state-machine': 'state',
  bucket: 'notification',
  destination: 'destination',
  agent: 'action group',
  pipe: '',
  'rest-api': '',
  'http-api': '',
};

/** How a message names the place in a caller: `state "Ask"`, `target 0`; empty where the caller has one place only. */
export function placeOf({ kind, at }: Invocation): string {
  const place = CALLERS[kind];
  if (place === undefined || at === undefined) return '';
  return kind === 'state-machine' ? `${place} "${at}" ` : `${place}${place === '' ? '' : ' '}${at} `;
}
