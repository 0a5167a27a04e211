import type { ChildExecution, ChildStatus } from './child-execution';

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** What DescribeMapRun tells of a map run's settings. */
export interface MapRunSettings {
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
}

export type MapRunCounts = Readonly<
  Record<
    | 'pending'
    | 'running'
    | 'succeeded'
    | 'failed'
    | 'timedOut'
    | 'aborted'
    | 'total'
    | 'resultsWritten'
    | 'failuresNotRedrivable'
    | 'pendingRedrive',
    number
  >
>;

/** The children that one visit to a Distributed Map state starts. */
export class MapRun {
  status: MapRunStatus = 'RUNNING';
  children: readonly ChildExecution[] = [];
  stopDate?: Date;
  redriveCount = 0;
  redriveDate?: Date;
  /** Set by ResultWriter once its files are written. */
  resultsWritten = false;

  constructor(
    readonly arn: string,
    readonly executionArn: string,
    readonly stateMachineArn: string,
    readonly settings: MapRunSettings,
    readonly startDate: Date,
  ) {}

  close(status: MapRunStatus, at: Date): void {
    this.status = status;
    this.stopDate = at;
  }

  reopen(at: Date): void {
    this.status = 'RUNNING';
    this.stopDate = undefined;
    this.redriveCount += 1;
    this.redriveDate = at;
  }

  /** By execution. */
  get executionCounts(): MapRunCounts {
    return this.counts(() => 1);
  }

  /** By item: a batch counts as many as it holds. */
  get itemCounts(): MapRunCounts {
    return this.counts(({ identity }) => identity.items);
  }

  private counts(weight: (child: ChildExecution) => number): MapRunCounts {
    const sum = (...statuses: ChildStatus[]) =>
      this.children.filter(({ status }) => statuses.includes(status)).reduce((total, child) => total + weight(child), 0);
    const counts = {
      pending: sum('PENDING'),
      running: sum('RUNNING'),
      succeeded: sum('SUCCEEDED'),
      failed: sum('FAILED'),
      timedOut: sum('TIMED_OUT'),
      aborted: sum('ABORTED'),
    };
    const total = Object.values(counts).reduce((all, count) => all + count, 0);
    return { ...counts, total, resultsWritten: this.resultsWritten ? total : 0, failuresNotRedrivable: 0, pendingRedrive: 0 };
  }
}
