import { Env } from '../../../../lambda/contract/env';
import { ContainerImage } from '../../../images/container-image';
import type { ImageUse } from '../../../images/image-check';
import { processorOfPlatform, processorOfStage } from '../../../images/image-processor';
import { LAMBDA_EPHEMERAL_STORAGE, LAMBDA_MEMORY } from '../../../quotas/lambda-quotas';
import type { ImageAsset } from '../../../template/assets';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { itemsOf, MapValue, numberOf, type Value, valueAt } from '../../../template/value';
import { containersOf, fargateTasks } from '../platform/containers/fargate-task';
import { imageAsset } from '../platform/containers/image-platform';

/** A resource that runs an image which the assembly builds. */
export interface ImageUser {
  readonly resource: Resource;
  readonly image: ContainerImage;
  readonly use: Omit<ImageUse, 'today'>;
}

const RUNTIME = 'AWS::BedrockAgentCore::Runtime';
const PROCESSORS: Readonly<Record<string, 'x86_64' | 'arm64'>> = { X86_64: 'x86_64', ARM64: 'arm64', x86_64: 'x86_64', arm64: 'arm64' };

/** Everything that runs an image of the assembly: functions, tasks of Fargate, runtimes of AgentCore. */
export const imageUsers = perGraph((graph: ResourceGraph): readonly ImageUser[] => [
  ...graph.ofType(FUNCTION).flatMap(functionUser),
  ...fargateTasks(graph).flatMap((task) => containersOf(task).flatMap((container) => containerUser(task, container))),
  ...graph.ofType(RUNTIME).flatMap(runtimeUser),
]);

function functionUser(fn: Resource): ImageUser[] {
  const environment = variables(fn.get('Environment', 'Variables'));
  const stated = fn.get('Architectures') === undefined ? 'x86_64' : fn.list('Architectures')[0];
  const fetched = numberOf(environment[Env.modelBytes]);
  return user(fn, fn.get('Code', 'ImageUri'), {
    home: 'function',
    ...processor(stated),
    memory: fn.numberOr(LAMBDA_MEMORY.min!, 'MemorySize'),
    temporary: fn.numberOr(LAMBDA_EPHEMERAL_STORAGE.min!, 'EphemeralStorage', 'Size'),
    ...(fetched !== undefined && { fetchedBytes: fetched }),
    environment,
    ...words('command', fn.get('ImageConfig', 'Command')),
    ...words('entrypoint', fn.get('ImageConfig', 'EntryPoint')),
  });
}

function containerUser(task: Resource, container: MapValue): ImageUser[] {
  const memory = numberOf(container.get('Memory')) ?? numberOf(task.get('Memory'));
  const pairs = itemsOf(container.get('Environment')).map((pair) => [valueAt(pair, ['Name']), valueAt(pair, ['Value'])] as const);
  return user(task, container.get('Image'), {
    home: 'task',
    ...processor(task.get('RuntimePlatform', 'CpuArchitecture') ?? 'X86_64'),
    ...(memory !== undefined && { memory }),
    environment: Object.fromEntries(pairs.flatMap(([name, value]) => (typeof name === 'string' ? [[name, known(value)]] : []))),
    ...words('command', container.get('Command')),
    ...words('entrypoint', container.get('EntryPoint')),
  });
}

function runtimeUser(runtime: Resource): ImageUser[] {
  const uri = runtime.get('AgentRuntimeArtifact', 'ContainerConfiguration', 'ContainerUri');
  // Instances of a capacity provider may be of either architecture.
  const anywhere = runtime.get('CapacityProviderConfiguration') !== undefined;
  return user(runtime, uri, {
    home: 'runtime',
    ...(anywhere ? {} : { processor: 'arm64' as const }),
    environment: variables(runtime.get('EnvironmentVariables')),
  });
}

function user(resource: Resource, uri: Value | undefined, use: ImageUser['use']): ImageUser[] {
  const asset = imageAsset(resource, uri);
  if (asset === undefined) return [];
  const image = imageOf(asset);
  // An assembly may be audited elsewhere, without its assets.
  if (!image.context.exists) return [];
  // An image for another processor is told of by the rules of architectures; what is inside it fits that one.
  const stated = processorOfStage(image.stage);
  const built = stated === 'arm64' || stated === 'x86_64' ? stated : processorOfPlatform(asset.platform ?? '');
  const { processor: runs, ...rest } = use;
  const judged = built ?? runs;
  return [{ resource, image, use: { ...rest, ...(judged && { processor: judged }) } }];
}

const images = new WeakMap<ImageAsset, ContainerImage>();

function imageOf(asset: ImageAsset): ContainerImage {
  const image = images.get(asset) ?? new ContainerImage(asset);
  images.set(asset, image);
  return image;
}

function processor(stated: Value | undefined): { readonly processor?: 'x86_64' | 'arm64' } {
  const name = typeof stated === 'string' ? PROCESSORS[stated] : undefined;
  return name === undefined ? {} : { processor: name };
}

function variables(value: Value | undefined): Record<string, string | undefined> {
  return value instanceof MapValue ? Object.fromEntries(value.entries.map(([name, each]) => [name, known(each)])) : {};
}

function known(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function words(name: 'command' | 'entrypoint', value: Value | undefined): Partial<Record<typeof name, readonly string[]>> {
  const items = itemsOf(value);
  // A word that only the deployment knows could be anything.
  return items.length === 0 ? {} : { [name]: items.map((item) => known(item) ?? '') };
}
