import type { Rule } from '../../rule';
import { EXPRESS_LACKS, tasksOfPattern } from './express/unsupported-task';

export const EXPRESS_ACTIVITY: Rule = {
  id: 'express-activity',
  title: 'An Express execution has an activity',
  why: 'Step Functions refuses the definition: only Standard workflows have activities.',
  severity: 'error',
  fix: 'make the machine Standard, or send the work to a queue or a function',
  source: EXPRESS_LACKS,
  check: (graph) => tasksOfPattern(graph, 'activity', 'activity'),
};
