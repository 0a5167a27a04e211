import { Aborted, LinkedAbort } from './abort';
import type { Child } from './branch';

/** Runs all children, at most `limit` at once, in order. The first failure aborts the others and is thrown when they have stopped. */
export async function fanOut(children: readonly Child[], limit: number, parent: AbortSignal): Promise<unknown[]> {
  const siblings = new LinkedAbort(parent);
  const results: unknown[] = new Array(children.length);
  const failures: unknown[] = [];
  const waiting = children.entries();
  const worker = async () => {
    for (const [index, child] of waiting) {
      try {
        results[index] = await child.run(siblings.signal);
      } catch (error) {
        failures.push(error);
        siblings.abort(new Aborted('sibling-failed'));
      }
      if (failures.length > 0) return;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, children.length) }, worker));
  } finally {
    siblings.release();
  }
  if (failures.length > 0) throw failures[0];
  return results;
}
