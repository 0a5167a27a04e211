import { SFN_PAYLOAD } from '../../../quotas/step-functions-quotas';
import type { StateFields } from '../model';
import { StateError, StatesError } from '../state-error';
import type { StateVisit } from '../state-visit';
import type { ItemBatcherFields } from './reader-config';

/** What one child execution receives, and how many items are in it. */
export interface ChildInput {
  readonly input: unknown;
  readonly items: number;
}

/**
 * Groups items into the inputs of child executions: `{"BatchInput": …, "Items": […]}`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export async function batched(visit: StateVisit, batcher: ItemBatcherFields, items: readonly unknown[]): Promise<ChildInput[]> {
  const scope = visit.scope();
  const fields = batcher as StateFields;
  const most = await visit.engine.integer(fields, 'MaxItemsPerBatch', scope, { min: 1, max: 100_000_000 });
  const bytes = await visit.engine.integer(fields, 'MaxInputBytesPerBatch', scope, { min: 1, max: SFN_PAYLOAD.max! });
  const shared =
    batcher.BatchInput === undefined
      ? {}
      : { BatchInput: await visit.engine.template(batcher.BatchInput, 'ItemBatcher/BatchInput', scope) };
  const maxBytes = bytes ?? SFN_PAYLOAD.max!;
  const empty = size({ ...shared, Items: [] });
  const batches: unknown[][] = [];
  let room = 0;
  for (const item of items) {
    const needed = size(item) + 1;
    const batch = batches.at(-1);
    // The comma before the first item of a batch is not there.
    if (empty + needed - 1 > maxBytes) throw tooLarge(empty + needed - 1, maxBytes);
    if (batch === undefined || batch.length >= (most ?? Number.POSITIVE_INFINITY) || needed > room) {
      batches.push([item]);
      room = maxBytes - empty - needed + 1;
    } else {
      batch.push(item);
      room -= needed;
    }
  }
  return batches.map((Items) => ({ input: { ...shared, Items }, items: Items.length }));
}

function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function tooLarge(bytes: number, most: number): StateError {
  return new StateError(StatesError.Runtime, `A batch of a single item has ${bytes} bytes, more than MaxInputBytesPerBatch (${most}).`);
}
