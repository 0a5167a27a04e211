import type { ResolvedStack } from './resolved-stack';

/** What a target of ECS says besides its cluster. */
export interface TaskParameters {
  readonly taskDefinitionArn: string;
  readonly taskCount: number;
  readonly launchType?: string;
  readonly networkConfiguration?: unknown;
}

/** Where a rule sends what it matched. */
export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** Constant JSON text. */
  readonly input?: string;
  readonly inputPath?: string;
  readonly inputTransformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
  readonly deadLetterArn?: string;
  readonly messageGroupId?: string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** What a target of ECS says besides its cluster. */
  readonly task?: TaskParameters;
}

/** An EventBridge rule of the template. */
export interface RuleModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly pattern?: Readonly<Record<string, unknown>>;
  readonly scheduleExpression?: string;
  readonly targets: readonly RuleTarget[];
}

/** An EventBridge Scheduler schedule of the template. */
export interface ScheduleModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly expression: string;
  readonly timezone: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly flexibleMinutes: number;
  readonly target: {
    readonly arn: string;
    readonly roleArn: string;
    readonly input?: string;
    readonly maximumRetryAttempts: number;
    readonly maximumEventAgeSeconds: number;
    readonly deadLetterArn?: string;
    readonly messageGroupId?: string;
    readonly task?: TaskParameters;
    readonly event?: { readonly detailType: string; readonly source: string };
  };
}

interface TemplateTarget {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string };
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly SqsParameters?: { readonly MessageGroupId?: string };
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string };
  readonly EcsParameters?: {
    readonly TaskDefinitionArn: string;
    readonly TaskCount?: number;
    readonly LaunchType?: string;
    readonly NetworkConfiguration?: unknown;
  };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
}

export function rules(stack: ResolvedStack): RuleModel[] {
  return stack.resourcesOf('AWS::Events::Rule').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const pattern = stack.property(logicalId, 'EventPattern') as Record<string, unknown> | undefined;
    const schedule = stack.property(logicalId, 'ScheduleExpression');
    return {
      logicalId,
      name,
      arn,
      busName: String(stack.property(logicalId, 'EventBusName') ?? 'default').replace(/^.*\//, ''),
      enabled: stack.property(logicalId, 'State') !== 'DISABLED',
      ...(pattern && { pattern }),
      ...(schedule !== undefined && { scheduleExpression: String(schedule) }),
      targets: ((stack.property(logicalId, 'Targets') ?? []) as TemplateTarget[]).map(targetOf),
    };
  });
}

function targetOf(target: TemplateTarget): RuleTarget {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer } = target;
  return {
    id: Id,
    arn: Arn,
    ...deliveryOf(target),
    ...(RoleArn && { roleArn: RoleArn }),
    ...(Input !== undefined && { input: Input }),
    ...(InputPath && { inputPath: InputPath }),
    ...(InputTransformer && {
      inputTransformer: { paths: InputTransformer.InputPathsMap ?? {}, template: InputTransformer.InputTemplate },
    }),
  };
}

/** Defaults of both services. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
function deliveryOf({ DeadLetterConfig, SqsParameters, EcsParameters, RetryPolicy }: TemplateTarget) {
  return {
    maximumRetryAttempts: Number(RetryPolicy?.MaximumRetryAttempts ?? 185),
    maximumEventAgeSeconds: Number(RetryPolicy?.MaximumEventAgeInSeconds ?? 86_400),
    ...(DeadLetterConfig?.Arn && { deadLetterArn: DeadLetterConfig.Arn }),
    ...(SqsParameters?.MessageGroupId && { messageGroupId: SqsParameters.MessageGroupId }),
    ...(EcsParameters && { task: taskOf(EcsParameters) }),
  };
}

function taskOf({
  TaskDefinitionArn,
  TaskCount,
  LaunchType,
  NetworkConfiguration,
}: NonNullable<TemplateTarget['EcsParameters']>): TaskParameters {
  return {
    taskDefinitionArn: TaskDefinitionArn,
    taskCount: Number(TaskCount ?? 1),
    ...(LaunchType !== undefined && { launchType: LaunchType }),
    ...(NetworkConfiguration !== undefined && { networkConfiguration: NetworkConfiguration }),
  };
}

export function schedules(stack: ResolvedStack): ScheduleModel[] {
  return stack.resourcesOf('AWS::Scheduler::Schedule').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const target = stack.property(logicalId, 'Target') as TemplateTarget;
    const window = stack.property(logicalId, 'FlexibleTimeWindow') as { Mode?: string; MaximumWindowInMinutes?: number } | undefined;
    const [start, end] = [stack.property(logicalId, 'StartDate'), stack.property(logicalId, 'EndDate')];
    return {
      logicalId,
      name,
      arn,
      enabled: stack.property(logicalId, 'State') !== 'DISABLED',
      expression: stack.text(logicalId, 'ScheduleExpression'),
      timezone: String(stack.property(logicalId, 'ScheduleExpressionTimezone') ?? 'UTC'),
      ...(start !== undefined && { startDate: String(start) }),
      ...(end !== undefined && { endDate: String(end) }),
      flexibleMinutes: window?.Mode === 'FLEXIBLE' ? Number(window.MaximumWindowInMinutes ?? 0) : 0,
      target: {
        arn: target.Arn,
        roleArn: String(target.RoleArn ?? ''),
        ...(target.Input !== undefined && { input: target.Input }),
        ...deliveryOf(target),
        ...(target.EventBridgeParameters && {
          event: { detailType: target.EventBridgeParameters.DetailType, source: target.EventBridgeParameters.Source },
        }),
      },
    };
  });
}
