import type { Resource } from '../../../../template/resource';
import { roleOf } from '../../../../template/role-statements';

/** The role with which the containers of an ECS service call AWS. */
export function taskRoleOf(service: Resource): Resource | undefined {
  const task = service.referent('TaskDefinition');
  return task && roleOf(task, 'TaskRoleArn');
}
