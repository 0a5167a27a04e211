import type { Output } from './output';

/** One command: what it is called with, and what it does. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Arguments and options after the command's name, one option a line where there are many. */
  readonly usage: string;
  /** Returns what `--json` prints. */
  run(args: readonly string[], output: Output): Promise<unknown>;
  /** Standard output is JSON always. */
  readonly printsJson?: boolean;
  /** Whether the result is one that ends the command with exit code 1. */
  failed?(result: unknown): boolean;
}
