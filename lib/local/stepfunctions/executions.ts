import { randomUUID } from 'node:crypto';
import { SFN_NAME_REUSE } from '../../quotas/step-functions-quotas';
import { Execution, type ExecutionResult } from '../asl/execution';
import type { HistoryEvent } from '../asl/history';
import type { TaskHandler } from '../asl/task';
import type { TaskTokens } from '../asl/task-tokens';
import type { Clock } from '../clock';
import { type ExecutionRecord, whyNotRedrivable } from './execution-record';
import { Machines } from './machines';
import { MapRuns } from './map-runs';
import { ServiceError } from './service-error';
import { isExpress, type StateMachineModel } from './state-machine-model';
import { outlineOf } from './step-outline';

export type { ExecutionRecord } from './execution-record';

export interface StartRequest {
  /** ARN of the machine, of one of its versions or of an alias. */
  readonly stateMachineArn: string;
  /** At most 80 characters; a random one if absent. */
  readonly name?: string;
  readonly input: unknown;
}

export interface ExecutionEvent {
  readonly record: ExecutionRecord;
  readonly event: HistoryEvent;
}

export interface ExecutionsOptions {
  readonly machines: readonly StateMachineModel[];
  readonly clock: Clock;
  readonly tasks: TaskHandler;
  readonly tokens: TaskTokens;
  readonly onEvent?: (event: ExecutionEvent) => void;
  /** Told when an execution begins to run or has closed. */
  readonly onStatus?: (record: ExecutionRecord) => void;
}

/** Characters that no execution name has. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the API refuses control characters by their range.
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]{1,80}$/;

/** Starts executions, at most one for a name, and remembers them. */
export class Executions {
  readonly machines: Machines;
  readonly mapRuns = new MapRuns();
  private readonly records = new Map<string, ExecutionRecord>();

  constructor(private readonly options: ExecutionsOptions) {
    this.machines = new Machines(options.machines);
  }

  start({ stateMachineArn, name = randomUUID(), input }: StartRequest): ExecutionRecord {
    const { machine, aliasArn, versionArn } = this.machines.resolve(stateMachineArn);
    if (!NAME.test(name)) {
      throw new ServiceError(
        'InvalidName',
        `Invalid Name: '${name}' must have 1 to 80 characters, without white space, control characters and <>{}[]?*"#%\\^|~\`$&,;:/`,
      );
    }
    const express = isExpress(machine);
    const executionArn = express
      ? `${machine.arn.replace(':stateMachine:', ':express:')}:${name}:${randomUUID()}`
      : `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = this.takenBy(executionArn);
    if (known !== undefined) {
      if (known.execution.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(input)) return known;
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    const definition = this.machines.definitionOf(machine);
    const { clock, tasks, tokens } = this.options;
    const execution = new Execution({
      definition,
      input,
      name,
      executionArn,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      roleArn: machine.roleArn,
      clock,
      tasks,
      tokens,
      onEvent: (event) => this.options.onEvent?.({ record, event }),
      onMapRun: (run) => this.mapRuns.add(run),
    });
    const record: ExecutionRecord = {
      executionArn,
      name,
      machine,
      outline: outlineOf(definition.block),
      ...(aliasArn !== undefined && { aliasArn }),
      ...(versionArn !== undefined && { versionArn }),
      input,
      startDate: new Date(clock.now()),
      execution,
      redriveCount: 0,
      result: Promise.resolve({ status: 'SUCCEEDED' }),
    };
    this.records.set(executionArn, record);
    this.follow(record, execution.run());
    return record;
  }

  /** @throws ServiceError ExecutionNotRedrivable, with the reason */
  redrive(executionArn: string): ExecutionRecord {
    const record = this.get(executionArn);
    const now = this.options.clock.now();
    const reason = whyNotRedrivable(record, now);
    if (reason !== undefined) throw new ServiceError('ExecutionNotRedrivable', reason);
    record.redriveCount += 1;
    record.redriveDate = new Date(now);
    record.stopDate = undefined;
    record.closed = undefined;
    this.follow(record, record.execution.redrive());
    return record;
  }

  get(executionArn: string): ExecutionRecord {
    const record = this.records.get(executionArn);
    if (record === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    return record;
  }

  /** Newest first. */
  list(stateMachineArn: string): ExecutionRecord[] {
    const machine = this.machines.get(stateMachineArn);
    return [...this.records.values()].filter((record) => record.machine === machine).reverse();
  }

  /** By ARN, alias ARN, version ARN, name, logical id or last part of the construct path. */
  find(reference: string): StateMachineModel | undefined {
    return this.machines.find(reference);
  }

  /** Like `find`, but a machine that is not there is the API's error. */
  machineOf(reference: string): StateMachineModel {
    return this.machines.get(reference);
  }

  /** The machine that an execution is of; a child execution of a Distributed Map names it with a label. */
  machineOfExecution(executionArn: string): StateMachineModel {
    return this.machines.get(executionArn.replace(/:(?:execution|express):([^:/]+).*$/, ':stateMachine:$1'));
  }

  /** Resolves when a STANDARD execution closes. */
  closed(executionArn: string): Promise<unknown> | undefined {
    return this.records.get(executionArn)?.result;
  }

  /** Stops whatever still runs and knows nothing of any execution any more. */
  forgetAll(): void {
    this.stopAll();
    this.records.clear();
    this.mapRuns.clear();
  }

  /** Stops whatever still runs, so that no timer outlives the local run. */
  stopAll(): void {
    for (const { execution } of this.records.values()) {
      if (execution.status === 'RUNNING') execution.stop('LocalRun.Stopped', 'the local run ended');
    }
  }

  /** The execution that has this ARN and so its name, unless it closed so long ago that the name is free again. */
  private takenBy(executionArn: string): ExecutionRecord | undefined {
    const known = this.records.get(executionArn);
    const freeAt = known?.stopDate === undefined ? undefined : known.stopDate.getTime() + SFN_NAME_REUSE.max! * 1000;
    if (freeAt === undefined || this.options.clock.now() <= freeAt) return known;
    // Among the newest from now on.
    this.records.delete(executionArn);
    return undefined;
  }

  private follow(record: ExecutionRecord, run: Promise<ExecutionResult>): void {
    record.result = run.then((result) => {
      record.stopDate = new Date(this.options.clock.now());
      record.closed = result;
      this.options.onStatus?.(record);
      return result;
    });
    this.options.onStatus?.(record);
  }
}
