import { functionTarget } from '../../../template/function-target';
import type { Rule } from '../../rule';
import { isDurable } from './durable/durable-function';

export const DURABLE_DESTINATION: Rule = {
  id: 'durable-destination',
  title: 'A durable function has an invocation destination',
  why: 'Lambda sends nothing of durable executions to destinations, so failures vanish.',
  severity: 'warning',
  fix: 'set a dead-letter queue (deadLetterQueue), or an event rule on the status changes of durable executions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html',
  check: (graph) =>
    graph.ofType('AWS::Lambda::EventInvokeConfig').flatMap((config) => {
      const fn = functionTarget(graph, config.get('FunctionName'))?.fn;
      const ends = ['OnSuccess', 'OnFailure'].filter((end) => config.get('DestinationConfig', end, 'Destination') !== undefined);
      if (fn === undefined || !isDurable(fn) || ends.length === 0) return [];
      return [{ resource: config, message: `durable function ${fn.id} must have no destinations, got ${ends.join(' and ')}` }];
    }),
};
