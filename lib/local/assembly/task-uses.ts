import type { Check } from '../iam/access-control';
import { ACCOUNT, PARTITION, REGION } from './physical-name';
import type { ResolvedStack } from './resolved-stack';
import { on, type ServiceUse, streamOf } from './service-use';

interface ContainerDefinition {
  readonly Image?: unknown;
  readonly LogConfiguration?: { readonly LogDriver?: string; readonly Options?: Readonly<Record<string, string>> };
  readonly Secrets?: readonly { readonly ValueFrom: string }[];
}

/**
 * What ECS does with the roles of a task: it pulls images, opens log streams and reads secrets with the execution role, and hands out the task role.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function taskUses(stack: ResolvedStack): ReadonlyMap<string, ServiceUse[]> {
  const uses = new Map<string, ServiceUse[]>();
  for (const { logicalId, path } of stack.resourcesOf('AWS::ECS::TaskDefinition')) {
    const containers = (stack.property(logicalId, 'ContainerDefinitions') ?? []) as ContainerDefinition[];
    const about = { path, service: 'ecs-tasks.amazonaws.com' };
    const [task, execution] = ['TaskRoleArn', 'ExecutionRoleArn'].map((property) => stack.property(logicalId, property));
    uses.set(stack.identity(logicalId).arn ?? '', [
      ...(execution === undefined
        ? []
        : [
            {
              ...about,
              roleArn: String(execution),
              checks: containers.flatMap(startOf),
              refusal: 'ResourceInitializationError: unable to pull secrets, images or registry auth',
            },
          ]),
      ...(task === undefined
        ? []
        : [{ ...about, roleArn: String(task), checks: [], refusal: `ECS was unable to assume the role ${task}` }]),
    ]);
  }
  return uses;
}

function startOf({ Image, LogConfiguration, Secrets = [] }: ContainerDefinition): Check[] {
  const repository = /^(\d+)\.dkr\.ecr\.[^/]+\/([^:@]+)/.exec(String(Image))?.[2];
  const group = LogConfiguration?.LogDriver === 'awslogs' ? LogConfiguration.Options?.['awslogs-group'] : undefined;
  return [
    ...(repository === undefined
      ? []
      : [
          ...on('*', 'ecr:GetAuthorizationToken'),
          ...on(
            `arn:${PARTITION}:ecr:${REGION}:${ACCOUNT}:repository/${repository}`,
            'ecr:BatchCheckLayerAvailability',
            'ecr:GetDownloadUrlForLayer',
            'ecr:BatchGetImage',
          ),
        ]),
    ...(group === undefined ? [] : on(streamOf(groupNameOf(group)), 'logs:CreateLogStream', 'logs:PutLogEvents')),
    ...Secrets.flatMap(({ ValueFrom }) =>
      // The ARN may be followed by a key, stage and version.
      ValueFrom.includes(':secretsmanager:')
        ? on(ValueFrom.split(':').slice(0, 7).join(':'), 'secretsmanager:GetSecretValue')
        : on(ValueFrom, 'ssm:GetParameters'),
    ),
  ];
}

function groupNameOf(groupArn: string): string {
  return /:log-group:([^:]+)/.exec(groupArn)?.[1] ?? groupArn;
}
