import { FARGATE_EPHEMERAL_STORAGE, FARGATE_STOP_TIMEOUT } from '../../../quotas/fargate-quotas';
import type { Resource } from '../../../template/resource';
import { numberOf } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { quotaMessage } from '../compute/quota-message';
import { containersOf, fargateTasks, nameOf } from './containers/fargate-task';

export const FARGATE_QUOTA: Rule = {
  id: 'fargate-quota',
  title: 'Stop timeout or disk that a Fargate task cannot have',
  why: 'The task definition cannot be registered, or the task is killed before it gave its work back.',
  severity: 'error',
  fix: 'set a value in that range; work that takes longer to stop gives its messages back and is begun again elsewhere',
  source: FARGATE_STOP_TIMEOUT.source,
  check: (graph) => fargateTasks(graph).flatMap((task) => [...disk(task), ...stopTimeouts(task)]),
};

function disk(task: Resource): Violation[] {
  const message = quotaMessage('EphemeralStorage.SizeInGiB', task.number('EphemeralStorage', 'SizeInGiB'), FARGATE_EPHEMERAL_STORAGE);
  return message === undefined ? [] : [{ resource: task, message }];
}

function stopTimeouts(task: Resource): Violation[] {
  return containersOf(task).flatMap((container) => {
    const message = quotaMessage(`StopTimeout of ${nameOf(container)}`, numberOf(container.get('StopTimeout')), FARGATE_STOP_TIMEOUT);
    return message === undefined ? [] : [{ resource: task, message }];
  });
}
