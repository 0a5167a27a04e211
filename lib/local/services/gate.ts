/** Ordinary work runs side by side; exclusive work runs alone, in the order asked for. */
export class Gate {
  private exclusiveTail: Promise<unknown> = Promise.resolve();
  private readonly running = new Set<Promise<unknown>>();

  async shared<T>(work: () => Promise<T>): Promise<T> {
    for (let tail: Promise<unknown> | undefined; tail !== this.exclusiveTail; ) {
      tail = this.exclusiveTail;
      await tail;
    }
    const run = work();
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    this.running.add(settled);
    void settled.then(() => this.running.delete(settled));
    return run;
  }

  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const run = this.exclusiveTail.then(async () => {
      // Shared work that was let in before waits for nobody; none is let in after.
      await Promise.all(this.running);
      return work();
    });
    this.exclusiveTail = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }
}
