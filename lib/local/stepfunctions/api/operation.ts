import type { Parameters } from './parameters';

/** Answers one operation of the API with the members of its result. */
export type Operation = (parameters: Parameters) => object | Promise<object>;
export type Operations = Readonly<Record<string, Operation>>;
