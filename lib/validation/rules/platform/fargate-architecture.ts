import type { Resource } from '../../../template/resource';
import type { Rule, Violation } from '../../rule';
import { containersOf, fargateTasks, nameOf } from './containers/fargate-task';
import { architectureOf, imageAsset } from './containers/image-platform';

/** Docker's name of an architecture by the one of ECS. */
const DOCKER: Readonly<Record<string, string>> = { X86_64: 'amd64', ARM64: 'arm64' };

export const FARGATE_ARCHITECTURE: Rule = {
  id: 'fargate-architecture',
  title: 'Image that was not built for the architecture of its task',
  why: 'Every task stops at once with "exec format error", and the deployment waits for it until it rolls back.',
  severity: 'error',
  fix: 'state the same architecture twice: platform of the image asset, and runtimePlatform of the task definition',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html',
  check: (graph) => fargateTasks(graph).flatMap(violations),
};

function violations(task: Resource): Violation[] {
  const stated = task.get('RuntimePlatform', 'CpuArchitecture') ?? 'X86_64';
  const wanted = typeof stated === 'string' ? DOCKER[stated] : undefined;
  if (wanted === undefined) return [];
  return containersOf(task).flatMap((container): Violation[] => {
    const image = imageAsset(task, container.get('Image'));
    if (image === undefined) return [];
    const built = architectureOf(image);
    if (built === wanted) return [];
    if (built !== undefined)
      return [
        { resource: task, message: `the task runs on ${stated}, but the image of ${nameOf(container)} is built for ${image.platform}` },
      ];
    const message = `the task runs on ${stated}, and the image of ${nameOf(container)} is built for the machine that builds it`;
    return [{ resource: task, severity: 'info', message }];
  });
}
