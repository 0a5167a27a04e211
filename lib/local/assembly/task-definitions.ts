import type { ImageAsset } from '../../template/assets';
import type { ResolvedStack } from './resolved-stack';

/** One container of a task, every intrinsic resolved. */
export interface ContainerModel {
  readonly name: string;
  readonly imageUri: string;
  /** Undefined for an image that is not built from the assembly. */
  readonly image?: ImageAsset;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the variables that ECS would fill with secrets. */
  readonly secrets: readonly string[];
  readonly essential: boolean;
  readonly stopTimeoutSeconds: number;
}

/** An ECS task definition of the template. */
export interface TaskDefinitionModel {
  readonly logicalId: string;
  readonly path: string;
  readonly arn: string;
  readonly family: string;
  readonly taskRoleArn?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly containers: readonly ContainerModel[];
}

interface WrittenContainer {
  readonly Name: string;
  readonly Image: string;
  readonly EntryPoint?: readonly string[];
  readonly Command?: readonly string[];
  readonly WorkingDirectory?: string;
  readonly Environment?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Secrets?: readonly { readonly Name: string }[];
  readonly Essential?: boolean;
  readonly StopTimeout?: number | string;
}

/** Seconds that ECS gives a container to stop. Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
const STOP_TIMEOUT_SECONDS = 30;

export function taskDefinitions(stack: ResolvedStack): TaskDefinitionModel[] {
  return stack.resourcesOf('AWS::ECS::TaskDefinition').map(({ logicalId, path }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const text = (property: string) => {
      const value = stack.property(logicalId, property);
      return value === undefined ? undefined : String(value);
    };
    const containers = (stack.property(logicalId, 'ContainerDefinitions') ?? []) as readonly WrittenContainer[];
    return {
      logicalId,
      path: path.replace(/\/Resource$/, ''),
      arn,
      family: name,
      taskRoleArn: text('TaskRoleArn'),
      cpu: text('Cpu'),
      memory: text('Memory'),
      containers: containers.map((container) => containerOf(stack, container)),
    };
  });
}

function containerOf(stack: ResolvedStack, container: WrittenContainer): ContainerModel {
  const { Name, Image, EntryPoint, Command, WorkingDirectory, Environment = [], Secrets = [], Essential, StopTimeout } = container;
  const imageUri = String(Image);
  const image = stack.source.assets.images.get(imageUri.slice(imageUri.lastIndexOf(':') + 1));
  return {
    name: Name,
    imageUri,
    ...(image !== undefined && { image }),
    ...(EntryPoint !== undefined && { entryPoint: EntryPoint.map(String) }),
    ...(Command !== undefined && { command: Command.map(String) }),
    ...(WorkingDirectory !== undefined && { workingDirectory: WorkingDirectory }),
    environment: Object.fromEntries(Environment.map(({ Name: name, Value: value }) => [name, String(value)])),
    secrets: Secrets.map(({ Name: name }) => name),
    essential: Essential !== false,
    stopTimeoutSeconds: Number(StopTimeout ?? STOP_TIMEOUT_SECONDS),
  };
}
