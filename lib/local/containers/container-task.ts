import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { ContainerModel, TaskDefinitionModel } from '../assembly/task-definitions';
import type { EnvironmentProcess, ProcessEnd } from '../lambda/environment-process';

/** One container of a running task. */
export interface RunningContainer {
  readonly model: ContainerModel;
  readonly process: EnvironmentProcess;
  end?: ProcessEnd;
}

export interface TaskStart {
  readonly taskArn: string;
  readonly cluster: string;
  readonly definition: TaskDefinitionModel;
  readonly startedBy?: string;
  readonly group?: string;
  readonly launchType?: string;
  readonly overrides: unknown;
  readonly createdAt: number;
}

/** 128 and the number of the signal, as a shell and Docker report it. */
const SIGNALLED: Readonly<Record<string, number>> = { SIGTERM: 143, SIGKILL: 137, SIGINT: 130 };

/** A task of ECS whose containers are processes of this machine. */
export class ContainerTask {
  readonly containers: RunningContainer[] = [];
  stoppedAt?: number;
  stopCode?: string;
  stoppedReason?: string;

  constructor(readonly start: TaskStart) {}

  get isStopped(): boolean {
    return this.stoppedAt !== undefined;
  }

  /** As DescribeTasks tells of it. */
  describe(): Record<string, unknown> {
    const { taskArn, cluster, definition, startedBy, group, launchType = 'FARGATE', overrides, createdAt } = this.start;
    const seconds = (time: number | undefined) => (time === undefined ? undefined : time / 1000);
    const lastStatus = this.isStopped ? 'STOPPED' : 'RUNNING';
    return {
      attachments: [],
      clusterArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/${cluster}`,
      connectivity: 'CONNECTED',
      containers: this.containers.map((container) => this.describeContainer(container)),
      cpu: definition.cpu,
      createdAt: seconds(createdAt),
      desiredStatus: lastStatus,
      group: group ?? `family:${definition.family}`,
      lastStatus,
      launchType,
      memory: definition.memory,
      overrides: overrides ?? { containerOverrides: [] },
      startedAt: seconds(createdAt),
      startedBy,
      stopCode: this.stopCode,
      stoppedAt: seconds(this.stoppedAt),
      stoppedReason: this.stoppedReason,
      tags: [],
      taskArn,
      taskDefinitionArn: definition.arn,
      version: 1,
    };
  }

  private describeContainer({ model, end }: RunningContainer): object {
    const { taskArn } = this.start;
    return {
      containerArn: `${taskArn.replace(':task/', ':container/')}/${model.name}`,
      taskArn,
      name: model.name,
      image: model.imageUri,
      lastStatus: end === undefined ? 'RUNNING' : 'STOPPED',
      ...(end !== undefined && { exitCode: exitCodeOf(end) }),
      ...(end?.error !== undefined && { reason: `CannotStartContainerError: ${end.error.message}` }),
      networkInterfaces: [],
    };
  }
}

export function exitCodeOf({ code, signal, error }: ProcessEnd): number {
  if (error !== undefined) return 1;
  return code ?? SIGNALLED[signal ?? ''] ?? 137;
}
