import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Env } from '../../../lambda/contract/env';
import type { ImageLayoutOptions } from '../assembly/image-layout';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { ContainerModel, TaskDefinitionModel } from '../assembly/task-definitions';
import { type Clock, whileBusy } from '../clock';
import type { Gateway } from '../gateway/gateway';
import { EnvironmentProcess } from '../lambda/environment-process';
import { Reaper } from '../lambda/reaper';
import { ContainerError } from './container-error';
import { ContainerTask, exitCodeOf, type RunningContainer } from './container-task';
import { type ContainerOverride, type Program, programOf } from './program';

export interface RunTaskRequest {
  readonly cluster: string;
  /** ARN, `family:revision` or family. */
  readonly taskDefinition: string;
  readonly startedBy?: string;
  readonly group?: string;
  readonly launchType?: string;
  /** As the API has it. */
  readonly overrides?: unknown;
}

export interface ContainerTasksOptions {
  readonly definitions: readonly TaskDefinitionModel[];
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly layout: ImageLayoutOptions;
  /** Puts the addresses of this machine into a value. */
  readonly localAddresses: (value: string) => string;
  /** Told in one sentence of a container that failed. */
  readonly onNotice: (text: string) => void;
}

interface WrittenOverrides {
  readonly containerOverrides?: readonly {
    readonly name?: string;
    readonly command?: readonly string[];
    readonly environment?: readonly { readonly name: string; readonly value: string }[];
  }[];
}

/** Of this machine's variables only these pass. */
const PASSED = ['PATH', 'SystemRoot', 'LD_LIBRARY_PATH'];

/** Runs the containers of ECS tasks as processes, each under the role of its task. */
export class ContainerTasks {
  private readonly known = new Map<string, { readonly task: ContainerTask; readonly stopped: Promise<void> }>();
  private reaper?: { readonly reaper: Reaper; readonly directory: string };

  constructor(private readonly options: ContainerTasksOptions) {}

  find(taskDefinition: string): TaskDefinitionModel | undefined {
    return this.options.definitions.find(({ arn, family }) => [arn, family, `${family}:1`].includes(taskDefinition));
  }

  /** @throws ContainerError when one of its containers cannot run here; none is started then */
  run(request: RunTaskRequest): ContainerTask {
    const definition = this.find(request.taskDefinition);
    if (definition === undefined) throw new ContainerError(`there is no task definition ${request.taskDefinition} in the assembly`);
    const taskArn = `arn:aws:ecs:${REGION}:${ACCOUNT}:task/${request.cluster}/${randomUUID().replaceAll('-', '')}`;
    const overrides = (request.overrides ?? {}) as WrittenOverrides;
    const programs = definition.containers.map((model) => {
      const environment = localised(model.environment, this.options.localAddresses);
      return { model, program: programOf({ ...model, environment }, overrideOf(overrides, model), this.options.layout) };
    });
    const { clock } = this.options;
    const task = new ContainerTask({ ...request, taskArn, definition, createdAt: clock.now(), overrides: request.overrides });
    for (const { model, program } of programs) task.containers.push({ model, process: this.start(task, model, program) });
    this.known.set(taskArn, { task, stopped: whileBusy(clock, this.untilStopped(task)) });
    return task;
  }

  get(taskArn: string): ContainerTask | undefined {
    return this.known.get(taskArn)?.task;
  }

  /** Resolves when the task has stopped. */
  stopped(taskArn: string): Promise<void> | undefined {
    return this.known.get(taskArn)?.stopped;
  }

  stop(taskArn: string, reason: string): ContainerTask | undefined {
    const task = this.get(taskArn);
    if (task !== undefined && !task.isStopped) {
      task.stopCode ??= 'UserInitiated';
      task.stoppedReason ??= reason;
      for (const container of task.containers) terminate(container);
    }
    return task;
  }

  /** Ends every container at once. */
  async close(): Promise<void> {
    for (const { task } of this.known.values()) for (const { process } of task.containers) process.signal('SIGKILL');
    await Promise.all([...this.known.values()].map(({ stopped }) => stopped));
    await this.reaper?.reaper.close();
  }

  private start(task: ContainerTask, model: ContainerModel, program: Program): EnvironmentProcess {
    const { gateway } = this.options;
    const { taskArn, definition } = task.start;
    const { reaper, directory } = this.workplace();
    const home = join(directory, randomUUID());
    mkdirSync(home, { recursive: true });
    const credentials = gateway.issueCredentials({
      taskArn,
      ...(definition.taskRoleArn !== undefined && { roleArn: definition.taskRoleArn }),
    });
    const lines: string[] = [];
    const process = new EnvironmentProcess({
      command: program.command,
      args: program.args,
      cwd: program.cwd,
      env: {
        ...passed(),
        AWS_ENDPOINT_URL: gateway.url,
        AWS_REGION: REGION,
        AWS_DEFAULT_REGION: REGION,
        AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
        [Env.serverHost]: '127.0.0.1',
        [Env.serverPort]: '0',
        ...program.environment,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        AWS_EC2_METADATA_DISABLED: 'true',
        HOME: home,
        TMPDIR: home,
      },
      reaper,
      onLine: (_stream, text) => lines.push(text),
    });
    process.ended.then((end) => {
      const code = exitCodeOf(end);
      if (code !== 0 && task.stopCode === undefined) {
        const last = lines.at(-1) ?? end.error?.message ?? 'it wrote nothing';
        this.options.onNotice(`container ${model.name} of ${definition.path} ended with exit code ${code}: ${last}`);
      }
    });
    return process;
  }

  /** An essential container that ends takes the others with it. */
  private async untilStopped(task: ContainerTask): Promise<void> {
    await Promise.all(
      task.containers.map(async (container) => {
        container.end = await container.process.ended;
        if (!container.model.essential) return;
        task.stopCode ??= 'EssentialContainerExited';
        task.stoppedReason ??= 'Essential container in task exited';
        for (const other of task.containers) if (other.end === undefined) terminate(other);
      }),
    );
    task.stoppedAt = this.options.clock.now();
  }

  private workplace(): { readonly reaper: Reaper; readonly directory: string } {
    if (this.reaper === undefined) {
      const directory = mkdtempSync(join(tmpdir(), 'serverless-ai-tasks-'));
      this.reaper = { reaper: new Reaper(directory), directory };
      this.reaper.reaper.start();
    }
    return this.reaper;
  }
}

function terminate({ process, model }: RunningContainer): void {
  process.signal('SIGTERM');
  const timer = setTimeout(() => process.signal('SIGKILL'), model.stopTimeoutSeconds * 1000);
  process.ended.then(() => clearTimeout(timer));
}

function overrideOf({ containerOverrides = [] }: WrittenOverrides, { name }: ContainerModel): ContainerOverride {
  const { command, environment = [] } = containerOverrides.find((override) => override.name === name) ?? {};
  return {
    ...(command !== undefined && { command }),
    environment: Object.fromEntries(environment.map((variable) => [variable.name, variable.value])),
  };
}

function localised(values: Readonly<Record<string, string>>, local: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, local(value)]));
}

function passed(): Record<string, string> {
  return Object.fromEntries(PASSED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
