import type { Rule } from '../../rule';
import { EXPRESS_LACKS, tasksOfPattern } from './express/unsupported-task';

export const EXPRESS_CALLBACK: Rule = {
  id: 'express-callback',
  title: 'An Express execution waits for a task token',
  why: 'Step Functions refuses the definition: only Standard workflows have .waitForTaskToken.',
  severity: 'error',
  fix: 'make the machine Standard, or start a Standard one for the part that waits',
  source: EXPRESS_LACKS,
  check: (graph) => tasksOfPattern(graph, 'callback', '.waitForTaskToken'),
};
