import type { Rule } from '../../rule';
import { EXPRESS_LACKS, tasksOfPattern } from './express/unsupported-task';

export const EXPRESS_JOB_RUN: Rule = {
  id: 'express-job-run',
  title: 'An Express execution runs a job and waits for it (.sync)',
  why: 'Step Functions refuses the definition: only Standard workflows have .sync.',
  severity: 'error',
  fix: 'make the machine Standard, or call the service without .sync and let an event tell of the end',
  source: EXPRESS_LACKS,
  check: (graph) => tasksOfPattern(graph, 'sync', '.sync'),
};
