import { MapValue } from '../../../template/value';
import type { Rule } from '../../rule';

export const EVENTS_NO_DEAD_LETTER: Rule = {
  id: 'events-no-dead-letter',
  title: 'Target of an event rule without a dead-letter queue',
  why: 'An event that cannot be delivered (throttled for a day, a permission gone) is dropped without a trace; what fails in the function itself is its own matter.',
  severity: 'info',
  fix: 'give the target a DeadLetterConfig with an SQS queue',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  check: (graph) =>
    graph.ofType('AWS::Events::Rule').flatMap((rule) => {
      const open = rule.list('Targets').filter((target) => target instanceof MapValue && target.get('DeadLetterConfig') === undefined);
      return open.length === 0
        ? []
        : [{ resource: rule, message: `${open.length} of ${rule.list('Targets').length} targets have no DeadLetterConfig` }];
    }),
};
