import type { Writable } from 'node:stream';
import pc from 'picocolors';
import type { HistoryEvent } from '../local/asl/history';
import { line } from './output';
import { seconds } from './step-table';

interface Named {
  readonly name: string;
}

interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

const FAILURES = ['taskFailedEventDetails', 'taskTimedOutEventDetails', 'executionFailedEventDetails'];

/** Prints a line when a state is entered, left, retried or failed: readable on a terminal and in a log alike. */
export class Progress {
  private readonly entered = new Map<string, number[]>();

  constructor(
    private readonly stream: Writable,
    /** States that a reader need not see. */
    private readonly hidden: RegExp = / failed$/,
  ) {}

  onEvent(event: HistoryEvent): void {
    const at = event.timestamp.getTime();
    const entered = (event['stateEnteredEventDetails'] as Named | undefined)?.name;
    if (entered !== undefined && !this.hidden.test(entered)) {
      this.entered.set(entered, [...(this.entered.get(entered) ?? []), at]);
      line(this.stream, `${pc.cyan('▸')} ${entered}`);
    }
    const exited = (event['stateExitedEventDetails'] as Named | undefined)?.name;
    if (exited !== undefined && !this.hidden.test(exited)) {
      const since = this.entered.get(exited)?.shift() ?? at;
      line(this.stream, `${pc.green('✓')} ${exited} ${pc.dim(seconds(at - since))}`);
    }
    const failure = FAILURES.map((details) => event[details] as Failure | undefined).find((details) => details !== undefined);
    if (failure !== undefined) line(this.stream, `${pc.yellow('!')} ${failure.error}: ${(failure.cause ?? '').slice(0, 300)}`);
  }
}
