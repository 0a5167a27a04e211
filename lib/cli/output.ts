import type { Writable } from 'node:stream';

/** Where a command writes; with `--json` standard output holds one JSON value and nothing else. */
export interface Output {
  readonly json: boolean;
  readonly out: Writable;
  readonly err: Writable;
}

export function line(stream: Writable, text = ''): void {
  stream.write(`${text}\n`);
}
