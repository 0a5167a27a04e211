import { randomUUID } from 'node:crypto';
import { Execution, type ExecutionResult } from '../asl/execution';
import type { HistoryEvent } from '../asl/history';
import { loadDefinition } from '../asl/state-machine-definition';
import type { TaskHandler } from '../asl/task';
import type { TaskTokens } from '../asl/task-tokens';
import type { Clock } from '../clock';
import { ServiceError } from './service-error';
import type { StateMachineModel } from './state-machine-model';
import { outlineOf, type StepOutline } from './step-outline';

export interface StartRequest {
  /** ARN of the machine, of one of its versions or of an alias. */
  readonly stateMachineArn: string;
  /** At most 80 characters; a random one if absent. */
  readonly name?: string;
  readonly input: unknown;
}

/** One execution that the local run knows, running or closed. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly name: string;
  readonly machine: StateMachineModel;
  readonly outline: StepOutline;
  readonly aliasArn?: string;
  readonly input: unknown;
  readonly startDate: Date;
  readonly execution: Execution;
  stopDate?: Date;
  redriveCount: number;
  /** Resolves when the execution closes; replaced by a redrive. */
  result: Promise<ExecutionResult>;
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
}

const NAME = /^[0-9A-Za-z_-]{1,80}$/;

/** Starts executions, at most one for a name, and remembers them. */
export class Executions {
  private readonly records = new Map<string, ExecutionRecord>();
  private readonly definitions = new Map<string, ReturnType<typeof loadDefinition>>();

  constructor(private readonly options: ExecutionsOptions) {}

  start({ stateMachineArn, name = randomUUID(), input }: StartRequest): ExecutionRecord {
    const machine = this.machineOf(stateMachineArn);
    if (!NAME.test(name)) {
      throw new ServiceError('InvalidName', `Invalid Name: '${name}' must have 1 to 80 of the characters 0-9 A-Z a-z - _`);
    }
    const executionArn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = this.records.get(executionArn);
    if (known !== undefined) {
      if (known.execution.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(input)) return known;
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    const definition = this.definitionOf(machine);
    const execution = new Execution({
      definition,
      input,
      name,
      executionArn,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      roleArn: machine.roleArn,
      clock: this.options.clock,
      tasks: this.options.tasks,
      tokens: this.options.tokens,
      onEvent: (event) => this.options.onEvent?.({ record, event }),
    });
    const record: ExecutionRecord = {
      executionArn,
      name,
      machine,
      outline: outlineOf(definition.block),
      aliasArn: machine.aliasArns.find((arn) => arn === stateMachineArn),
      input,
      startDate: new Date(this.options.clock.now()),
      execution,
      redriveCount: 0,
      result: Promise.resolve({ status: 'SUCCEEDED' }),
    };
    this.records.set(executionArn, record);
    this.follow(record, execution.run());
    return record;
  }

  redrive(executionArn: string): ExecutionRecord {
    const record = this.get(executionArn);
    if (record.execution.status === 'RUNNING' || record.execution.status === 'SUCCEEDED') {
      throw new ServiceError('ExecutionNotRedrivable', `Execution '${executionArn}' is ${record.execution.status} and cannot be redriven`);
    }
    record.redriveCount += 1;
    record.stopDate = undefined;
    this.follow(record, record.execution.redrive());
    return record;
  }

  get(executionArn: string): ExecutionRecord {
    const record = this.records.get(executionArn);
    if (record === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    return record;
  }

  list(stateMachineArn: string): ExecutionRecord[] {
    const machine = this.machineOf(stateMachineArn);
    return [...this.records.values()].filter((record) => record.machine === machine).reverse();
  }

  /** By ARN, alias ARN, version ARN, name, logical id or last part of the construct path. */
  find(reference: string): StateMachineModel | undefined {
    const { machines } = this.options;
    return machines.find(
      ({ arn, aliasArns, name, logicalId, path }) =>
        [arn, ...aliasArns, name, logicalId].includes(reference) ||
        reference.replace(/:\d+$/, '') === arn ||
        path.split('/').includes(reference),
    );
  }

  /** Stops whatever still runs, so that no timer outlives the local run. */
  stopAll(): void {
    for (const { execution } of this.records.values()) {
      if (execution.status === 'RUNNING') execution.stop('LocalRun.Stopped', 'the local run ended');
    }
  }

  /** Like `find`, but a machine that is not there is the API's error. */
  machineOf(reference: string): StateMachineModel {
    const machine = this.find(reference);
    if (machine === undefined) {
      const names = this.options.machines.map(({ path }) => path).join(', ');
      throw new ServiceError(
        'StateMachineDoesNotExist',
        `State Machine Does Not Exist: '${reference}'; the assembly has ${names || 'none'}`,
      );
    }
    return machine;
  }

  private definitionOf(machine: StateMachineModel): ReturnType<typeof loadDefinition> {
    const known = this.definitions.get(machine.arn) ?? loadDefinition(machine.definition);
    this.definitions.set(machine.arn, known);
    return known;
  }

  private follow(record: ExecutionRecord, run: Promise<ExecutionResult>): void {
    record.result = run.then((result) => {
      record.stopDate = new Date(this.options.clock.now());
      return result;
    });
  }
}
