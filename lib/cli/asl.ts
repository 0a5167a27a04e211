import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DoorError } from '../local/asl/door/door-error';
import { type Interpretation, interpret } from '../local/asl/door/interpret';
import { DefinitionError } from '../local/asl/state-machine-definition';
import { CommandError } from './command-error';

/** Interprets one definition in the Amazon States Language. Standard output is one JSON value, with `--json` or without. */
export async function asl(args: readonly string[]): Promise<Interpretation> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      mocks: { type: 'string' },
      context: { type: 'string' },
      'skip-time': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new CommandError('Definition', `asl takes one definition file, got ${positionals.length}`, 'see --help');
  }
  const definition = readText(file, 'Definition', 'the definition');
  const given = (option: 'input' | 'mocks' | 'context', code: string) =>
    values[option] === undefined ? undefined : readJson(values[option], code, `--${option}`);
  try {
    return await interpret({
      definition,
      input: given('input', 'Input'),
      mocks: given('mocks', 'Mocks'),
      context: given('context', 'Context'),
      skipTime: values['skip-time'],
    });
  } catch (error) {
    if (error instanceof DefinitionError) throw new RefusedDefinition(error);
    if (error instanceof DoorError) throw new CommandError(error.code, error.message, error.fix);
    throw error;
  }
}

/** The definition is one that CreateStateMachine refuses, or that cannot be interpreted faithfully. */
class RefusedDefinition extends CommandError {
  constructor({ problems }: DefinitionError) {
    super('InvalidDefinition', 'the definition is refused', undefined, problems);
  }
}

function readText(file: string, code: string, what: string): string {
  if (!existsSync(file) || !statSync(file).isFile()) throw new CommandError(code, `${what} ${file} is not a file`);
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

/** A file that holds JSON, or the JSON itself. */
function readJson(text: string, code: string, what: string): unknown {
  const isFile = existsSync(text) && statSync(text).isFile();
  try {
    return JSON.parse(isFile ? readText(text, code, what) : text) as unknown;
  } catch (error) {
    const problem = isFile ? `${what} ${text} is not JSON` : `${what} is neither a file nor JSON`;
    throw new CommandError(code, `${problem}: ${(error as Error).message}`);
  }
}
