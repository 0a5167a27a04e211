/** What an environment is busy with. */
export enum Busy {
  /** An environment that was started on demand works. */
  ON_DEMAND = 0,
  /** One that was initialised ahead works. */
  AHEAD = 1,
}

/** Environments at work, the one that is free first on top. */
export class BusyHeap {
  private readonly ends: number[] = [];
  private readonly kinds: Busy[] = [];

  get size(): number {
    return this.ends.length;
  }

  /** When the first one is free; never while none works. */
  get firstEnd(): number {
    return this.ends[0] ?? Number.POSITIVE_INFINITY;
  }

  push(end: number, kind: Busy): void {
    const { ends, kinds } = this;
    let at = ends.length;
    ends.push(end);
    kinds.push(kind);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (ends[parent]! <= end) break;
      ends[at] = ends[parent]!;
      kinds[at] = kinds[parent]!;
      at = parent;
    }
    ends[at] = end;
    kinds[at] = kind;
  }

  /** Takes the first one off. */
  pop(): Busy {
    const { ends, kinds } = this;
    const first = kinds[0]!;
    const end = ends.pop()!;
    const kind = kinds.pop()!;
    const size = ends.length;
    if (size === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && ends[child + 1]! < ends[child]!) child += 1;
      if (ends[child]! >= end) break;
      ends[at] = ends[child]!;
      kinds[at] = kinds[child]!;
      at = child;
    }
    ends[at] = end;
    kinds[at] = kind;
    return first;
  }
}
