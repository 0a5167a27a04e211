import type { ApprovalInbox } from './approvals/approval-inbox';
import { ApprovalWait, type PendingApproval, pendingApproval } from './approvals/approval-wait';
import type { ExecutionResult, ExecutionStatus } from './asl/execution';
import type { HistoryEvent } from './asl/history';
import type { Clock } from './clock';
import type { ExecutionRecord, Executions } from './stepfunctions/executions';
import type { StateMachineModel } from './stepfunctions/state-machine-model';
import { type StepSummary, summariseSteps } from './stepfunctions/step-summary';

/** What runs and workflows need of the local run around them. */
export interface WorkflowServices {
  readonly executions: Executions;
  readonly inbox: ApprovalInbox;
  readonly clock: Clock;
}

/** One execution of a workflow in the local run. */
export class LocalRun {
  constructor(
    private readonly record: ExecutionRecord,
    private readonly services: WorkflowServices,
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

  /**
   * The request of an approval step, as soon as it has sent all its links: `await run.waitForApproval().approve({ by: 'ana@example.com' })`,
   * or `const { links } = await run.waitForApproval()` to look at it first.
   *
   * @throws when the run closes before it asks for one
   */
  waitForApproval(): PendingApproval {
    return pendingApproval(this.nextApproval());
  }

  /** The steps in the order in which they began, without the states that only serve one of them. */
  steps(): readonly StepSummary[] {
    return summariseSteps(this.history, this.record.outline);
  }

  /** Goes on from the step that failed. */
  redrive(): void {
    this.services.inbox.forget(this.executionArn);
    this.services.executions.redrive(this.executionArn);
  }

  stop(error?: string, cause?: string): void {
    this.record.execution.stop(error, cause);
  }

  private async nextApproval(): Promise<ApprovalWait> {
    const { inbox, clock } = this.services;
    const closed = new AbortController();
    this.result().then(
      (result) => closed.abort(new Error(`run ${this.name} ${result.status} without a request for an approval${reasonOf(result)}`)),
      (error) => closed.abort(error),
    );
    return new ApprovalWait(await inbox.take(this.executionArn, closed.signal), clock);
  }
}

function reasonOf({ error, cause }: ExecutionResult): string {
  return [error, cause].map((part) => (part ? `: ${part}` : '')).join('');
}

/** A state machine of the stack. */
export class LocalWorkflow {
  constructor(
    private readonly machine: StateMachineModel,
    private readonly services: WorkflowServices,
  ) {}

  get arn(): string {
    return this.machine.aliasArns[0] ?? this.machine.arn;
  }

  /** Starts a run through the alias, as every caller of the stack does. The same name never runs twice. */
  async start(input: unknown, options: { readonly name?: string } = {}): Promise<LocalRun> {
    return this.wrap(this.services.executions.start({ stateMachineArn: this.arn, input, name: options.name }));
  }

  /** Runs so far, newest first, whoever started them. */
  runs(): LocalRun[] {
    return this.services.executions.list(this.machine.arn).map((record) => this.wrap(record));
  }

  private wrap(record: ExecutionRecord): LocalRun {
    return new LocalRun(record, this.services);
  }
}
