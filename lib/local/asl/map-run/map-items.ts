import { isObject } from '../definition/problems';

/** One item of a Map state before ItemSelector. */
export interface SourceItem {
  readonly value: unknown;
  /** Set when the items are the members of an object. */
  readonly key?: string;
  /** Where the item comes from; only a Distributed Map tells. */
  readonly source?: string;
}

/** The items of an array, or of an object member by member; undefined for anything else. */
export function itemsOf(dataset: unknown, source?: string): SourceItem[] | undefined {
  const from = source === undefined ? {} : { source };
  if (Array.isArray(dataset)) return dataset.map((value: unknown) => ({ value, ...from }));
  if (!isObject(dataset)) return undefined;
  return Object.entries(dataset).map(([key, value]) => ({ key, value, ...from }));
}

/** What an iteration receives without ItemSelector. */
export function plainInput({ key, value }: SourceItem): unknown {
  return key === undefined ? value : { Key: key, Value: value };
}
