import { SFN_HISTORY, SFN_REDRIVE_WINDOW } from '../../quotas/step-functions-quotas';
import type { Execution, ExecutionResult } from '../asl/execution';
import { isExpress, type StateMachineModel } from './state-machine-model';
import type { StepOutline } from './step-outline';

/** One execution that the local run knows, running or closed. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly name: string;
  readonly machine: StateMachineModel;
  readonly outline: StepOutline;
  readonly aliasArn?: string;
  readonly versionArn?: string;
  readonly input: unknown;
  readonly startDate: Date;
  readonly execution: Execution;
  stopDate?: Date;
  redriveCount: number;
  redriveDate?: Date;
  /** How it closed, once it has. */
  closed?: ExecutionResult;
  /** Resolves when the execution closes; replaced by a redrive. */
  result: Promise<ExecutionResult>;
}

/** Why an execution cannot be redriven now, in the words of redriveStatusReason; undefined when it can. */
export function whyNotRedrivable(record: ExecutionRecord, now: number): string | undefined {
  const { execution, machine, stopDate } = record;
  if (isExpress(machine)) return 'Execution is EXPRESS and cannot be redriven';
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') return `Execution is ${execution.status} and cannot be redriven`;
  if (execution.history.length >= SFN_HISTORY.max! - 1) return 'Execution history event limit exceeded';
  const windowMs = SFN_REDRIVE_WINDOW.max! * 1000;
  return stopDate !== undefined && now - stopDate.getTime() > windowMs ? 'Execution redrivable period exceeded' : undefined;
}
