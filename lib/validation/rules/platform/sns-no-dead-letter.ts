import { isOfCdk } from '../../../template/of-cdk';
import type { Rule } from '../../rule';

/** Protocols whose subscribers run somewhere; people read the others. */
const PROTOCOLS = ['lambda', 'sqs', 'http', 'https', 'firehose'];

export const SNS_NO_DEAD_LETTER: Rule = {
  id: 'sns-no-dead-letter',
  title: 'Subscription without a dead-letter queue',
  why: 'A message that its subscriber does not take is dropped once the retries are used up.',
  severity: 'info',
  fix: 'give the subscription a RedrivePolicy with an SQS queue',
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html',
  check: (graph) =>
    graph
      .ofType('AWS::SNS::Subscription')
      .filter((subscription) => PROTOCOLS.includes(subscription.text('Protocol') ?? '') && subscription.get('RedrivePolicy') === undefined)
      .filter((subscription) => !isOfCdk(subscription))
      .map((subscription) => ({
        resource: subscription,
        message: `the ${subscription.text('Protocol')} subscription has no RedrivePolicy`,
      })),
};
