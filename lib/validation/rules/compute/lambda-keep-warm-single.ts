import type { Rule } from '../../rule';
import { reservedConcurrency } from './function-settings';
import { keepWarmPings, servesApi } from './keep-warm-pings';

export const LAMBDA_KEEP_WARM_SINGLE_RULE: Rule = {
  id: 'lambda-keep-warm-single',
  title: 'One keep-warm ping for many environments',
  why: 'A ping keeps the one environment warm that answers it. The second of two requests at once starts cold, and so does everything after a burst.',
  severity: 'warning',
  fix: 'ping as many environments at once as there are requests at once ("WarmingMode.ping" of this library holds and counts them), or use provisioned concurrency',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
  *check(graph) {
    for (const { caller: resource, target, certain, input } of keepWarmPings(graph)) {
      // A function that serves one request at a time needs one environment; a ping that states a number is spread by its receiver.
      if (!servesApi(graph, target.fn) || reservedConcurrency(target.fn) === 1 || /concurrency|environments/i.test(input)) continue;
      yield {
        resource,
        message: `one ping keeps one environment of ${target.fn.id} warm, and the function serves requests as they come`,
        ...(!certain && { severity: 'info' }),
      };
    }
  },
};
