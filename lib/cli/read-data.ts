import { parseDocument } from 'yaml';
import { CommandError } from './command-error';
import { readText } from './read-json';

/** The value of a JSON or YAML file. JSON is YAML as well, so the name of the file decides nothing. */
export function readData(file: string, code: string, what: string): unknown {
  return dataOf(readText(file, code, what), file, code, what);
}

/** The same of a text that was read before: a pipe can be read once only. */
export function dataOf(text: string, file: string, code: string, what: string): unknown {
  if (text.trim() === '') throw new CommandError(code, `${what} ${file} is empty`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // What looks like JSON is told of as JSON.
    if (/^\s*[[{]/.test(text))
      throw new CommandError(code, `${what} ${file} is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw new CommandError(code, `${what} ${file} is not YAML: ${problem.message.split('\n')[0]}`);
  return document.toJS() as unknown;
}
