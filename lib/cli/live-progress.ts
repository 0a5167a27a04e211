import type { Writable } from 'node:stream';
import pc from 'picocolors';
import { loadBundled } from '../handlers/load-bundled';
import type { MachineGraph } from '../local/drawing/machine-graph';
import { allNodes } from '../local/drawing/machine-graph';
import { type StateStatus, stateStatuses } from '../local/drawing/state-status';
import type { ExecutionEvent } from '../local/stepfunctions/executions';
import { summariseSteps } from '../local/stepfunctions/step-summary';
import { seconds } from './step-table';

/** As much of listr2 as is used here; it is an ES module alone, and so are its types. */
interface TaskWrapper {
  title: string;
  output: string;
  readonly task: { state$: string };
}

interface Listr2 {
  readonly Listr: new (tasks: readonly object[], options: object) => { run(): Promise<unknown> };
  readonly ListrLogger: new (options: object) => object;
  readonly DefaultRenderer: new (...args: never[]) => object;
  readonly ProcessOutput: new (out: Writable, err: Writable) => object;
}

/** A history may have thousands of events a second; a reader has two eyes. */
const REDRAW_MS = 50;
const OPEN: readonly StateStatus[] = ['running', 'waiting'];

/** The steps of a run as a list that changes in place, for a terminal. */
export class LiveProgress {
  private readonly wrappers = new Map<string, TaskWrapper>();
  private readonly settles: (() => void)[] = [];
  private readonly done: Promise<unknown>;
  private last?: ExecutionEvent;
  private timer?: NodeJS.Timeout;

  constructor(
    graph: MachineGraph,
    private readonly parts: ReadonlyMap<string, string>,
    stream: Writable,
  ) {
    const { Listr, ListrLogger, ProcessOutput, DefaultRenderer } = loadBundled<Listr2>('listr2');
    const tasks = allNodes(graph).map(({ name }) => ({
      title: name,
      task: (_: unknown, wrapper: TaskWrapper) => {
        this.wrappers.set(name, wrapper);
        // All are listed at once; each counts as begun when the run comes to it.
        wrapper.task.state$ = 'WAITING';
        return new Promise<void>((resolve) => this.settles.push(resolve)).then(() => this.settle(name, wrapper));
      },
    }));
    // It asks standard output whether it is a terminal; whoever made this list has asked the stream that is written to.
    const renderer = class extends DefaultRenderer {
      static nonTTY = true;
    };
    const logger = new ListrLogger({ processOutput: new ProcessOutput(stream, stream) });
    const options = {
      renderer,
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { logger, collapseErrors: false },
    };
    this.done = new Listr(tasks, options).run();
  }

  onEvent(event: ExecutionEvent): void {
    this.last = event;
    this.timer ??= setTimeout(() => this.update(), REDRAW_MS);
  }

  private update(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [name, status] of this.statuses()) {
      const wrapper = this.wrappers.get(name);
      if (wrapper === undefined) continue;
      wrapper.task.state$ = OPEN.includes(status)
        ? 'STARTED'
        : status === 'succeeded'
          ? 'COMPLETED'
          : status === 'caught'
            ? 'COMPLETED'
            : 'FAILED';
      wrapper.title = this.titleOf(name, status);
    }
  }

  /** Draws the end and gives the terminal back. */
  async end(): Promise<void> {
    // The list begins in a later turn than its making.
    await new Promise((resolve) => setImmediate(resolve));
    this.update();
    for (const settle of this.settles) settle();
    await this.done;
  }

  private statuses(): ReadonlyMap<string, StateStatus> {
    return this.last === undefined ? new Map() : stateStatuses(this.last.record.execution.history, this.parts);
  }

  private settle(name: string, wrapper: TaskWrapper): void {
    const status = this.statuses().get(name);
    if (status === 'failed' || status === 'aborted') throw new Error(wrapper.title);
    if (status === undefined) wrapper.title = pc.dim(`${name} (not reached)`);
  }

  private titleOf(name: string, status: StateStatus): string {
    const { execution, outline } = this.last!.record;
    const step = summariseSteps(execution.history, outline).find((one) => one.name === name);
    const notes = [
      step !== undefined && step.runs > 1 ? `× ${step.runs}` : '',
      step !== undefined && step.attempts > step.runs ? `${step.attempts} attempts` : '',
      status === 'waiting' ? 'waits for an answer' : status === 'caught' ? 'failed and caught' : '',
      step !== undefined && !OPEN.includes(status) ? seconds(step.durationMs) : '',
    ];
    return [name, ...notes.filter((note) => note !== '').map((note) => pc.dim(note))].join(' ');
  }
}
