import type { EventSourceModel } from '../assembly/work-models';
import { type Clock, SystemClock } from '../clock';
import type { LambdaService } from '../lambda/lambda-service';
import type { LocalQueue } from '../local-queue';
import { QueuePoller } from './queue-poller';
import { isQueue } from './unserved-sources';

export interface QueueFeedsOptions {
  readonly sources: readonly EventSourceModel[];
  /** A queue as the function of the mapping may use it. */
  readonly queue: (name: string, source: EventSourceModel) => LocalQueue;
  /** Messages that a queue holds. */
  readonly sizeOf: (name: string) => number;
  readonly lambda: () => LambdaService;
  readonly region: string;
  /** Time does not jump while a batch is under way. @default - the system clock */
  readonly clock?: Clock;
  readonly onNotice: (notice: string) => void;
}

/** The event source mappings of the stacks that take from queues. */
export class QueueFeeds {
  private readonly pollers: readonly QueuePoller[];

  constructor({ sources, queue, sizeOf, lambda, region, clock = new SystemClock(), onNotice }: QueueFeedsOptions) {
    const served = sources.filter(({ enabled, sourceArn }) => enabled && isQueue(sourceArn));
    this.pollers = served.map((source) => {
      const name = source.sourceArn.slice(source.sourceArn.lastIndexOf(':') + 1);
      const onFailure = (reason: string) => onNotice(`a batch of ${name} was not taken: ${reason}`);
      return new QueuePoller({ source, queue: queue(name, source), waiting: () => sizeOf(name), lambda, region, clock, onFailure });
    });
  }

  start(): void {
    for (const poller of this.pollers) poller.start();
  }

  /** Takes what has just arrived at once, before time can jump over it. */
  look(): void {
    for (const poller of this.pollers) poller.look();
  }

  /** No further batch is taken. */
  halt(): void {
    for (const poller of this.pollers) poller.halt();
  }

  /** Resolves when no batch is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.pollers.map((poller) => poller.settled()));
  }
}
