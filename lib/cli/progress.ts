import type { Writable } from 'node:stream';
import pc from 'picocolors';
import type { ExecutionEvent } from '../local/stepfunctions/executions';
import { line } from './output';
import { seconds } from './step-table';

interface Named {
  readonly name: string;
}

interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/** How far the items of a map are with one step. */
interface Count {
  done: number;
  readonly total: number;
}

const FAILURES = ['taskFailedEventDetails', 'taskTimedOutEventDetails', 'executionFailedEventDetails'];
const MAX_CAUSE = 300;

/**
 * Prints a line when a step begins, ends, is retried or fails: readable on a terminal and in a log alike. Of the steps inside a map only the ends
 * are told, with a count, since all of its items begin at once.
 */
export class Progress {
  private readonly entered = new Map<string, number[]>();
  private readonly counts = new Map<string, Count>();
  /** Map that was entered last: the event that says how many items it has follows its entry. */
  private lastMap = '';
  private readonly items = new Map<string, number>();

  constructor(private readonly stream: Writable) {}

  onEvent({ record, event }: ExecutionEvent): void {
    const at = event.timestamp.getTime();
    const entered = (event['stateEnteredEventDetails'] as Named | undefined)?.name;
    if (entered !== undefined && !record.outline.get(entered)?.part) this.enter(entered, event.type, record.outline.get(entered)?.map, at);
    const length = (event['mapStateStartedEventDetails'] as { readonly length: number } | undefined)?.length;
    if (length !== undefined) this.startMap(length, record.outline.get(this.lastMap)?.map);
    const exited = (event['stateExitedEventDetails'] as Named | undefined)?.name;
    if (exited !== undefined && !record.outline.get(exited)?.part) this.exit(exited, record.outline.get(exited)?.map, at);
    const failure = FAILURES.map((details) => event[details] as Failure | undefined).find((details) => details !== undefined);
    if (failure !== undefined) line(this.stream, `${pc.yellow('!')} ${failure.error}: ${(failure.cause ?? '').slice(0, MAX_CAUSE)}`);
  }

  private enter(name: string, type: string, map: string | undefined, at: number): void {
    this.entered.set(name, [...(this.entered.get(name) ?? []), at]);
    if (type === 'MapStateEntered') this.lastMap = name;
    else if (map === undefined) line(this.stream, `${pc.cyan('▸')} ${name}`);
  }

  private startMap(length: number, outer: string | undefined): void {
    this.items.set(this.lastMap, length);
    if (outer === undefined) line(this.stream, `${pc.cyan('▸')} ${this.lastMap} ${pc.dim(`${length} items`)}`);
  }

  private exit(name: string, map: string | undefined, at: number): void {
    const since = this.entered.get(name)?.shift() ?? at;
    const duration = pc.dim(seconds(at - since));
    if (map === undefined) {
      line(this.stream, `${pc.green('✓')} ${name} ${duration}`);
      return;
    }
    const total = this.items.get(map) ?? 0;
    const known = this.counts.get(name);
    const count = known !== undefined && known.done < known.total ? known : { done: 0, total };
    count.done += 1;
    this.counts.set(name, count);
    line(this.stream, `  ${pc.green('✓')} ${name} ${count.done} of ${total} ${duration}`);
  }
}
