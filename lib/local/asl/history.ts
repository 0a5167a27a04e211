import { SFN_HISTORY } from '../../quotas/step-functions-quotas';
import { StateError, StatesError } from './state-error';

/** An item of GetExecutionHistory: the details are under the event's own `...EventDetails` name. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: string;
  readonly [details: string]: unknown;
}

/** The last event of one line of states; every branch has its own. */
export interface EventChain {
  last: number;
}

export class History {
  readonly events: HistoryEvent[] = [];

  constructor(
    private readonly now: () => number,
    private readonly onEvent: (event: HistoryEvent) => void,
  ) {}

  /** @throws StateError when only the event that ends the execution still fits */
  record(chain: EventChain, type: string, details: Readonly<Record<string, unknown>> = {}): number {
    if (this.isFull) {
      throw new StateError(StatesError.Runtime, `The execution reached the maximum number of history events (${SFN_HISTORY.max}).`);
    }
    return this.append(chain, type, details);
  }

  /** An event that tells of an end, which is dropped rather than refused when the history is full. */
  recordIfRoom(chain: EventChain, type: string, details: Readonly<Record<string, unknown>> = {}): void {
    if (!this.isFull) this.append(chain, type, details);
  }

  /** The last event of a run; there is always room for it. */
  close(chain: EventChain, type: string, details: Readonly<Record<string, unknown>>): void {
    this.append(chain, type, details);
  }

  get isFull(): boolean {
    return this.events.length >= SFN_HISTORY.max! - 1;
  }

  private append(chain: EventChain, type: string, details: Readonly<Record<string, unknown>>): number {
    const id = this.events.length + 1;
    const event: HistoryEvent = { id, previousEventId: chain.last, timestamp: new Date(this.now()), type, ...details };
    chain.last = id;
    this.events.push(event);
    this.onEvent(event);
    return id;
  }
}
