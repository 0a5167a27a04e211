import type { IncomingHttpHeaders } from 'node:http';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A request as it goes over the wire, not signed yet. */
export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How the parameters of one service become requests, and its answers values with the names of the API. */
export interface Protocol {
  /** Operations that the protocol knows; undefined where any can be sent. */
  readonly operations?: readonly string[];
  /** @throws UnknownParameter when the operation has no such parameter */
  request(operation: string, parameters: JsonObject): WireRequest;
  result(operation: string, answer: WireAnswer): JsonObject;
}

export class UnknownParameter extends Error {}

/** Strings stay as they are; everything else is sent as its JSON, as Step Functions does for a parameter that is text. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
