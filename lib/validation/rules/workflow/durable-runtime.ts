import { DURABLE_RUNTIMES } from '../../../quotas/durable-quotas';
import type { Rule } from '../../rule';
import { durableFunctionsOf } from './durable/durable-function';

/** Container images bring their own runtime. A version newer than the newest that is listed is not judged: the list may be older than it. */
export const DURABLE_RUNTIME: Rule = {
  id: 'durable-runtime',
  title: 'A durable function has a runtime that cannot run durable functions',
  why: 'Lambda refuses the function, or its code has no SDK for durable executions to run with.',
  severity: 'error',
  fix: 'take one of those runtimes, or a container image with the durable execution SDK in it',
  source: DURABLE_RUNTIMES.source,
  check: (graph) =>
    durableFunctionsOf(graph).flatMap((fn) => {
      const runtime = fn.text('Runtime');
      if (runtime === undefined || DURABLE_RUNTIMES.names.includes(runtime) || isNewer(runtime)) return [];
      return [
        { resource: fn, message: `the runtime of a durable function must be one of ${DURABLE_RUNTIMES.names.join(', ')}, got ${runtime}` },
      ];
    }),
};

function isNewer(runtime: string): boolean {
  const [family, version] = parsed(runtime);
  const known = DURABLE_RUNTIMES.names.map(parsed).filter(([name]) => name === family);
  return known.length > 0 && known.every(([, other]) => version > other);
}

/** `python3.13` as `python` and 3013: minor versions are numbers, not decimals. */
function parsed(runtime: string): [family: string, version: number] {
  const [, family = '', major = '0', minor = '0'] = /^([a-z]+)(\d+)(?:\.(\d+))?/.exec(runtime) ?? [];
  return [family, Number(major) * 1000 + Number(minor)];
}
