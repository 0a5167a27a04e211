import { DURABLE_ESM_MANAGED_TIMEOUT, DURABLE_SYNC_TIMEOUT } from '../../../quotas/durable-quotas';
import type { Invocation } from '../../../template/invocations';
import { render } from '../../../template/value';
import type { Rule } from '../../rule';
import { durableInvocationsOf, placeOf } from './durable/durable-function';

/** Sources whose mappings have no more time on Managed Instances than elsewhere: Amazon MQ, DocumentDB. */
const SHORT_SOURCES = /:(mq|rds|docdb):/;

/** A caller that waits, waits for the whole execution. Event source mappings wait longer for functions on Managed Instances. */
export const DURABLE_SYNCHRONOUS_CALLER: Rule = {
  id: 'durable-synchronous-caller',
  title: 'A caller waits for a durable function that may run longer than a synchronous invocation',
  why: 'The invocation times out and the execution fails with it, however long ExecutionTimeout allows it to run.',
  severity: 'error',
  fix: `invoke it asynchronously (InvocationType Event, an event rule, a schedule), or set executionTimeout to at most ${DURABLE_SYNC_TIMEOUT.max} s`,
  source: DURABLE_SYNC_TIMEOUT.source,
  check: (graph) =>
    durableInvocationsOf(graph).flatMap((invocation) => {
      const timeout = invocation.target.fn.number('DurableConfig', 'ExecutionTimeout');
      const limit = longestWait(invocation);
      if (limit === undefined || timeout === undefined || timeout <= limit) return [];
      const what = `${placeOf(invocation)}waits for durable function ${invocation.target.fn.id}`;
      return [
        { resource: invocation.caller, message: `${what}, whose ExecutionTimeout must then be at most ${limit} s, got ${timeout} s` },
      ];
    }),
};

/** Seconds that the caller waits; undefined for one that does not. */
function longestWait({ mode, target, caller, waitsForToken }: Invocation): number | undefined {
  if (mode === 'asynchronous' || waitsForToken) return undefined;
  const long = mode === 'polled' && target.fn.get('CapacityProviderConfig') !== undefined;
  return (long && !SHORT_SOURCES.test(render(caller.get('EventSourceArn'))) ? DURABLE_ESM_MANAGED_TIMEOUT : DURABLE_SYNC_TIMEOUT).max;
}
