import { render } from '../../../template/value';
import type { Rule } from '../../rule';
import { groupsWithRetention, LOG_GROUP } from './log-groups';

export const LOGS_NO_RETENTION_RULE: Rule = {
  id: 'logs-no-retention',
  title: 'Log group that keeps its logs for ever',
  why: 'Prompts and answers stay, and are paid for, as long as the account is there.',
  severity: 'warning',
  fix: 'set RetentionInDays ("retention" in CDK)',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
  *check(graph) {
    for (const resource of graph.ofType(LOG_GROUP)) {
      // Groups of this class keep their logs for a fixed time.
      if (resource.get('RetentionInDays') !== undefined || resource.text('LogGroupClass') === 'DELIVERY') continue;
      const names = [render(resource.get('LogGroupName')), `\${${resource.id}}`];
      if (!names.some((name) => groupsWithRetention(graph).has(name))) yield { resource, message: 'the log group has no retention' };
    }
  },
};
