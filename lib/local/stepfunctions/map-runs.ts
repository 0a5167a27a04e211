import type { ChildExecution } from '../asl/map-run/child-execution';
import type { MapRun } from '../asl/map-run/map-run';
import { ServiceError } from './service-error';

/** A child execution with the map run that started it. */
export interface FoundChild {
  readonly run: MapRun;
  readonly child: ChildExecution;
}

/** The map runs of all executions, and the child executions in them. */
export class MapRuns {
  private readonly runs = new Map<string, MapRun>();

  readonly add = (run: MapRun): void => {
    this.runs.set(run.arn, run);
  };

  /** @throws ServiceError ResourceNotFound */
  get(arn: string): MapRun {
    const run = this.runs.get(arn);
    if (run === undefined) throw new ServiceError('ResourceNotFound', `Resource Not Found: '${arn}'`);
    return run;
  }

  /** Those that an execution has started, newest first. */
  of(executionArn: string): MapRun[] {
    return [...this.runs.values()].filter((run) => run.executionArn === executionArn).reverse();
  }

  /** A child execution that has started. */
  child(executionArn: string): FoundChild | undefined {
    for (const run of this.runs.values()) {
      if (!executionArn.startsWith(run.stateMachineArn.replace(':stateMachine:', ':execution:'))) continue;
      const child = run.children.find(({ identity, execution }) => identity.arn === executionArn && execution !== undefined);
      if (child !== undefined) return { run, child };
    }
    return undefined;
  }

  clear(): void {
    this.runs.clear();
  }
}
