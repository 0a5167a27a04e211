import { Busy, BusyHeap } from './busy-heap';
import type { FleetSettings } from './fleet-settings';
import type { FleetTally } from './fleet-tally';
import { IdleEnvironments } from './idle-environments';
import { Random } from './random';
import { Span } from './span';
import { TokenBucket } from './token-bucket';
import type { Work } from './work';

// Looked up once: these run for every request.
const { min, max } = Math;

const MS_PER_SECOND = 1_000;
/** What pings leave of a reserved concurrency. */
const HEADROOM = 1;

/** The environments of one function from moment to moment. */
export class Fleet {
  private readonly busy = new BusyHeap();
  private readonly idle: IdleEnvironments;
  private readonly alive: Span;
  private readonly provisioned: Span;
  private readonly random: Random;
  private readonly scaling: TokenBucket;
  private readonly onDemandRate: TokenBucket;
  private readonly aheadRate: TokenBucket;
  private readonly latencies: Float64Array;
  private readonly waiting: number[] = [];
  private firstWaiting = 0;
  private capacity = 0;
  private capacitySince: number;
  private busyOnDemand = 0;
  private busyAhead = 0;
  private peak = 0;
  private answered = 0;
  /** Environments ahead that worked, times the time since it was last asked. */
  private aheadWork = 0;
  private aheadSince: number;
  private lastAsked: number;
  private aheadRequests = 0;
  private readonly counts = {
    requests: 0,
    cold: 0,
    throttled: 0,
    answeredAhead: 0,
    onDemandMs: 0,
    aheadMs: 0,
    waited: 0,
    waitedMs: 0,
    pings: 0,
    coldPings: 0,
    pingMs: 0,
    pingRounds: 0,
  };

  /** @param spills requests that find no environment ahead get one on demand */
  constructor(
    private readonly work: Work,
    private readonly settings: FleetSettings,
    private readonly spills: boolean,
    start: number,
  ) {
    const { countFrom, until, at } = work;
    const { seed, scaling, concurrency } = settings;
    this.alive = new Span(countFrom, until);
    this.provisioned = new Span(countFrom, until);
    this.idle = new IdleEnvironments(this.alive);
    this.random = new Random(seed);
    this.scaling = new TokenBucket(scaling.size, scaling.perMs, start);
    this.onDemandRate = this.rateOf(concurrency, start);
    this.aheadRate = this.rateOf(0, start);
    this.latencies = new Float64Array(at.length);
    this.capacitySince = start;
    this.aheadSince = start;
    this.lastAsked = start;
  }

  /** Ends all work that is over by then. */
  advance(to: number): void {
    while (this.busy.size > 0 && this.busy.firstEnd <= to) {
      const end = this.busy.firstEnd;
      if (this.busy.pop() === Busy.AHEAD) this.changeAhead(-1, end);
      else {
        this.busyOnDemand -= 1;
        this.idle.add(end, this.settings.idleLifetime(this.random));
      }
      this.serveWaiting(end);
    }
  }

  /** A request comes. */
  arrive(index: number): void {
    const now = this.work.at[index]!;
    if (this.counted(now)) this.counts.requests += 1;
    if (this.firstWaiting === this.waiting.length && this.start(index, now)) return;
    if (this.settings.queued) this.waiting.push(index);
    else if (this.counted(now)) this.counts.throttled += 1;
  }

  /** So many pings come at once, each held in an environment of its own. */
  ping(environments: number, holdMs: number, now: number): void {
    const counts = now >= this.work.countFrom;
    const room = this.settings.concurrency - this.capacity - (this.settings.reserved ? HEADROOM : 0);
    if (counts) this.counts.pingRounds += 1;
    for (let sent = 0; sent < environments && this.busyOnDemand < room; sent += 1) {
      const warm = this.idle.take(now);
      if (!warm && !this.scaling.take(now)) return;
      const held = warm ? holdMs : max(0, holdMs - this.settings.coldMs);
      this.occupy(now, now + held + (warm ? 0 : this.settings.coldMs));
      if (!counts) continue;
      this.counts.pings += 1;
      this.counts.pingMs += held;
      if (!warm) this.counts.coldPings += 1;
    }
  }

  /** So many environments are initialised and ready from now on. */
  provision(environments: number, now: number): void {
    this.provisioned.add(this.capacitySince, now, this.capacity);
    this.capacity = environments;
    this.capacitySince = now;
    this.aheadRate.resize(...this.rate(environments), now);
    this.onDemandRate.resize(...this.rate(max(0, this.settings.concurrency - environments)), now);
    this.notePeak();
    this.serveWaiting(now);
  }

  /** Share of the environments ahead that worked since it was last asked; undefined where none was asked for. */
  utilizationUntil(now: number): number | undefined {
    const since = this.lastAsked;
    this.changeAhead(0, now);
    const share = this.aheadWork / (this.capacity * (now - since));
    const silent = this.aheadRequests === 0 && this.aheadWork === 0;
    this.aheadWork = 0;
    this.aheadRequests = 0;
    this.lastAsked = now;
    return silent || this.capacity === 0 ? undefined : min(1, share);
  }

  /** Ends the simulation. */
  close(): FleetTally {
    const { until, countFrom } = this.work;
    this.advance(Number.POSITIVE_INFINITY);
    this.idle.close(until);
    this.provisioned.add(this.capacitySince, until, this.capacity);
    const latencies = this.latencies.subarray(0, this.answered).sort();
    return {
      ...this.counts,
      latencies,
      provisionedMs: this.provisioned.total,
      environmentMs: this.alive.total + this.provisioned.total,
      environmentsPeak: this.peak,
      spanMs: until - countFrom,
    };
  }

  private counted(arrival: number): boolean {
    return arrival >= this.work.countFrom;
  }

  /** Gives the request an environment: one ahead, an idle one, a new one; false where there is no room for it. */
  private start(index: number, now: number): boolean {
    const duration = this.work.durations[index]!;
    const synchronous = !this.settings.queued;
    if (this.busyAhead < this.capacity && (!synchronous || !this.spills || this.aheadRate.take(now))) {
      this.changeAhead(1, now);
      this.aheadRequests += 1;
      this.busy.push(now + duration, Busy.AHEAD);
      this.note(index, now, 0, Busy.AHEAD);
      return true;
    }
    if (!this.spills || this.busyOnDemand >= this.settings.concurrency - this.capacity) return false;
    if (synchronous && !this.onDemandRate.take(now)) return false;
    const warm = this.idle.take(now);
    if (!warm && !this.scaling.take(now)) return false;
    const delay = warm ? 0 : this.settings.coldMs;
    this.occupy(now, now + delay + duration);
    this.note(index, now, delay, Busy.ON_DEMAND);
    return true;
  }

  private occupy(now: number, end: number): void {
    this.busyOnDemand += 1;
    this.busy.push(end, Busy.ON_DEMAND);
    this.alive.add(now, end);
    this.notePeak();
  }

  private note(index: number, now: number, delay: number, kind: Busy): void {
    const arrival = this.work.at[index]!;
    if (!this.counted(arrival)) return;
    const duration = this.work.durations[index]!;
    this.latencies[this.answered] = now - arrival + delay + duration;
    this.answered += 1;
    if (delay > 0) this.counts.cold += 1;
    if (kind === Busy.AHEAD) {
      this.counts.answeredAhead += 1;
      this.counts.aheadMs += duration;
    } else this.counts.onDemandMs += duration;
    if (now > arrival) {
      this.counts.waited += 1;
      this.counts.waitedMs += now - arrival;
    }
  }

  private serveWaiting(now: number): void {
    while (this.firstWaiting < this.waiting.length && this.start(this.waiting[this.firstWaiting]!, now)) this.firstWaiting += 1;
  }

  private changeAhead(by: number, now: number): void {
    this.aheadWork += this.busyAhead * (now - this.aheadSince);
    this.aheadSince = now;
    this.busyAhead += by;
  }

  private notePeak(): void {
    this.peak = max(this.peak, this.busyOnDemand + this.capacity);
  }

  private rate(units: number): [size: number, perMs: number] {
    const perSecond = units * this.settings.requestRate;
    return [perSecond, perSecond / MS_PER_SECOND];
  }

  private rateOf(units: number, now: number): TokenBucket {
    return new TokenBucket(...this.rate(units), now);
  }
}
