import { FARGATE_GPU as GPUS } from '../../../quotas/fargate-quotas';
import { itemsOf, valueAt } from '../../../template/value';
import type { Rule } from '../../rule';
import { containersOf, fargateTasks, nameOf } from './containers/fargate-task';

export const FARGATE_GPU: Rule = {
  id: 'fargate-gpu',
  title: 'GPU on Fargate',
  why: 'The task definition cannot be registered: Fargate has no GPUs.',
  severity: 'error',
  fix: 'run the task on GPU instances (a capacity provider of the g or p families), on SageMaker, or with a smaller model on CPUs',
  source: GPUS.source,
  check: (graph) =>
    fargateTasks(graph).flatMap((task) =>
      containersOf(task)
        .filter((container) => itemsOf(container.get('ResourceRequirements')).some((need) => valueAt(need, ['Type']) === 'GPU'))
        .map((container) => ({ resource: task, message: `${nameOf(container)} asks for a GPU, which Fargate does not have` })),
    ),
};
