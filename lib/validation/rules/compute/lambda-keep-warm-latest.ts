import { invocationsOfFunction } from '../../../template/invocations';
import type { Rule } from '../../rule';
import { keepWarmPings } from './keep-warm-pings';

export const LAMBDA_KEEP_WARM_LATEST_RULE: Rule = {
  id: 'lambda-keep-warm-latest',
  title: 'Keep-warm schedule that pings other code than the one that is called',
  why: 'Each version has environments of its own: a ping of $LATEST keeps none of an alias warm, and costs all the same.',
  severity: 'warning',
  fix: 'let the schedule call the alias that traffic goes to ("KeepWarmSchedule" of this library does)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  *check(graph) {
    for (const { caller: resource, target, certain } of keepWarmPings(graph)) {
      if (target.qualifier !== 'none' && target.qualifier !== 'latest') continue;
      const traffic = invocationsOfFunction(graph, target.fn).filter(({ caller }) => caller !== resource);
      const elsewhere = traffic.find((call) => call.target.qualifier === 'alias' || call.target.qualifier === 'version');
      const here = traffic.some((call) => call.target.qualifier === 'none' || call.target.qualifier === 'latest');
      if (elsewhere === undefined || here) continue;
      const called = elsewhere.target.via?.id ?? `an ${elsewhere.target.qualifier}`;
      yield {
        resource,
        message: `the schedule pings $LATEST of ${target.fn.id}, and ${elsewhere.caller.id} calls ${called}`,
        ...(!certain && { severity: 'info' }),
      };
    }
  },
};
