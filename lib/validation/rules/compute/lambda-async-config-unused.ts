import type { Rule } from '../../rule';
import { asyncCallsOf, governs, invokeConfigsOf } from './async-calls';

export const LAMBDA_ASYNC_CONFIG_UNUSED_RULE: Rule = {
  id: 'lambda-async-config-unused',
  title: 'Asynchronous configuration on another version than the one that is called',
  why: 'Retries, maximum age and destinations hold for one version or alias. Calls of an alias do not have those of $LATEST, where "onFailure" of a function puts them: their failures vanish.',
  severity: 'warning',
  fix: 'configure the alias that is called ("alias.configureAsyncInvoke" in CDK), or let the callers name what is configured',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html',
  *check(graph) {
    for (const [fn, configs] of invokeConfigsOf(graph)) {
      if (fn.get('DeadLetterConfig', 'TargetArn') !== undefined) continue;
      const calls = asyncCallsOf(graph).get(fn) ?? [];
      const open = calls.filter(({ target }) => !configs.some((config) => governs(config, target)));
      const used = configs.filter((config) => calls.some(({ target }) => governs(config, target)));
      const [unused] = configs.filter((config) => !used.includes(config));
      if (open.length === 0 || unused === undefined) continue;
      const { caller, target } = open[0]!;
      const called = target.via === undefined ? 'the latest code' : target.via.id;
      yield {
        resource: unused.resource,
        message: `the configuration is for ${unused.resource.text('Qualifier') ?? 'another version'}, and ${caller.id} calls ${called} of ${fn.id}`,
      };
    }
  },
};
