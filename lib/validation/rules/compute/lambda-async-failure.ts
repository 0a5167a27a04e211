import type { Invocation } from '../../../template/invocations';
import { isOfCdk } from '../../../template/of-cdk';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { asyncCallsOf, governs, type InvokeConfig, invokeConfigsOf } from './async-calls';

/** The function's page: https://docs.aws.amazon.com/lambda/latest/dg/durable-best-practices.html says that durable ones need the queue. */
export const LAMBDA_ASYNC_FAILURE_RULE: Rule = {
  id: 'lambda-async-failure',
  title: 'Function that is called asynchronously, with no place for the events that fail',
  why: 'Lambda tries an event three times and then drops it: nobody learns what it was. A dead-letter queue of the rule or the subscription takes only what never reached the function.',
  severity: 'warning',
  fix: 'give the function a dead-letter queue, or the version or alias that is called an on-failure destination',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  *check(graph) {
    for (const [resource, calls] of asyncCallsOf(graph)) {
      if (resource.get('DeadLetterConfig', 'TargetArn') !== undefined || isOfCdk(resource)) continue;
      const configs = invokeConfigsOf(graph).get(resource) ?? [];
      const open = isDurable(resource) ? calls : calls.filter(({ target }) => !configs.some((config) => isKept(config, target)));
      // Where another version or alias keeps its failures, lambda-async-config-unused tells of it.
      if (open.length === 0 || (!isDurable(resource) && configs.some(({ keepsFailures }) => keepsFailures))) continue;
      const callers = [...new Set(open.map(({ caller }) => caller.id))];
      const needed = isDurable(resource) ? 'a durable function needs a dead-letter queue' : 'events that fail are dropped';
      yield {
        resource,
        message: `${needed}: the function is called asynchronously by ${listed(callers)}`,
        ...(open.every(isScheduled) && { severity: 'info' }),
      };
    }
  },
};

function isKept(config: InvokeConfig, target: Invocation['target']): boolean {
  return config.keepsFailures && governs(config, target);
}

/** Destinations take nothing of durable executions. */
function isDurable(fn: Resource): boolean {
  return fn.get('DurableConfig') !== undefined;
}

/** What a schedule started will be started again. */
function isScheduled({ caller, kind }: Invocation): boolean {
  return kind === 'schedule' || caller.get('ScheduleExpression') !== undefined;
}

function listed(callers: readonly string[]): string {
  const [first, ...others] = callers;
  return others.length === 0 ? first! : `${first} and ${others.length} more`;
}
