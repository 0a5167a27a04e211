import { existsSync } from 'node:fs';
import type { ImageAsset } from '../../../template/assets';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import type { Value } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { containersOf, fargateTasks } from './containers/fargate-task';
import { imageAsset } from './containers/image-platform';

export const IMAGE_MISSING_CONTEXT: Rule = {
  id: 'image-missing-context',
  title: 'Image whose named build context is not on this machine',
  why: 'The deployment stops before anything is built: Docker asks for each named build context first, and the assembly holds no more than the way to it.',
  severity: 'error',
  fix: 'fetch the files to that directory before the deployment, or put them into the assembly with ModelSource.bakedIn(directory, { staged: true })',
  source: 'https://docs.docker.com/reference/cli/docker/buildx/build/',
  check: (graph) => imagesIn(graph).flatMap(([resource, uri]) => violations(resource, imageAsset(resource, uri))),
};

function imagesIn(graph: ResourceGraph): (readonly [Resource, Value | undefined])[] {
  return [
    ...graph.ofType(FUNCTION).map((fn) => [fn, fn.get('Code', 'ImageUri')] as const),
    ...fargateTasks(graph).flatMap((task) => containersOf(task).map((container) => [task, container.get('Image')] as const)),
    ...graph
      .ofType('AWS::BedrockAgentCore::Runtime')
      .map((runtime) => [runtime, runtime.get('AgentRuntimeArtifact', 'ContainerConfiguration', 'ContainerUri')] as const),
  ];
}

function violations(resource: Resource, image: ImageAsset | undefined): Violation[] {
  return Object.entries(image?.buildContexts ?? {})
    .filter(([, directory]) => !existsSync(directory))
    .map(([name, directory]) => ({
      resource,
      message: `the build context ${name} of image asset ${image!.hash} is the directory ${directory}, which is not there`,
    }));
}
