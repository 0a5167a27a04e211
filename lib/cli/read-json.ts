import { existsSync, readFileSync, statSync } from 'node:fs';
import { CommandError } from './command-error';

/** Whatever can be read as one: a pipe of the shell, such as <(…) or /dev/stdin, as well. */
function isFile(path: string): boolean {
  // A name longer than any file's throws nothing but is none.
  return existsSync(path) && !statSync(path).isDirectory();
}

/** The text of a file, without a byte order mark. */
export function readText(file: string, code: string, what: string): string {
  if (!isFile(file)) throw new CommandError(code, `${what} ${file} is not a file`);
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

/** A file that holds JSON, or the JSON itself. */
export function readJson(text: string, code: string, what: string): unknown {
  const file = isFile(text);
  try {
    return JSON.parse(file ? readText(text, code, what) : text) as unknown;
  } catch (error) {
    const problem = file ? `${what} ${text} is not JSON` : `${what} is neither a file nor JSON`;
    // Somebody who mistyped the name of a file learns nothing from where it stops being JSON.
    const fix = file || !/^[\w./~-]+$/.test(text) ? undefined : `there is no file ${text}`;
    throw new CommandError(code, `${problem}: ${(error as Error).message.replace(/\s+/g, ' ')}`, fix);
  }
}
