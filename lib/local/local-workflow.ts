import type { ApprovalInbox } from './approvals/approval-inbox';
import { ApprovalWait } from './approvals/approval-wait';
import type { ExecutionResult, ExecutionStatus } from './asl/execution';
import type { HistoryEvent } from './asl/history';
import type { ExecutionRecord, Executions } from './stepfunctions/executions';
import type { StateMachineModel } from './stepfunctions/state-machine-model';
import { type StepSummary, summariseSteps } from './stepfunctions/step-summary';

/** One execution of a workflow in the local run. */
export class LocalRun {
  constructor(
    private readonly record: ExecutionRecord,
    private readonly executions: Executions,
    private readonly inbox: ApprovalInbox,
  ) {}

  get name(): string {
    return this.record.name;
  }

  get executionArn(): string {
    return this.record.executionArn;
  }

  get status(): ExecutionStatus {
    return this.record.execution.status;
  }

  /** What GetExecutionHistory would return. */
  get history(): readonly HistoryEvent[] {
    return this.record.execution.history;
  }

  /** Resolves when the run closes, however it ends. */
  result(): Promise<ExecutionResult> {
    return this.record.result;
  }

  /** Resolves when an approval step has sent all its links. */
  async waitForApproval(): Promise<ApprovalWait> {
    return new ApprovalWait(await this.inbox.take(this.executionArn));
  }

  /** The steps in the order in which they began. */
  steps(): readonly StepSummary[] {
    return summariseSteps(this.history);
  }

  /** Goes on from the step that failed. */
  redrive(): void {
    this.executions.redrive(this.executionArn);
  }

  stop(error?: string, cause?: string): void {
    this.record.execution.stop(error, cause);
  }
}

/** A state machine of the stack. */
export class LocalWorkflow {
  constructor(
    private readonly machine: StateMachineModel,
    private readonly executions: Executions,
    private readonly inbox: ApprovalInbox,
  ) {}

  get arn(): string {
    return this.machine.aliasArns[0] ?? this.machine.arn;
  }

  /** Starts a run through the alias, as every caller of the stack does. The same name never runs twice. */
  async start(input: unknown, options: { readonly name?: string } = {}): Promise<LocalRun> {
    return this.wrap(this.executions.start({ stateMachineArn: this.arn, input, name: options.name }));
  }

  /** Runs so far, newest first, whoever started them. */
  runs(): LocalRun[] {
    return this.executions.list(this.machine.arn).map((record) => this.wrap(record));
  }

  private wrap(record: ExecutionRecord): LocalRun {
    return new LocalRun(record, this.executions, this.inbox);
  }
}
