import { CommandError } from './command-error';
import { line, type Output } from './output';
import { research } from './research';

type Command = (args: readonly string[], output: Output) => Promise<unknown>;

const COMMANDS: Readonly<Record<string, Command>> = { research };

const USAGE = `usage: serverless-ai <command> [options]

  research [--assembly DIR] [--input QUESTION] [--documents DIR] [--model-url URL] [--json]
      runs the research workflow of the reference stack on this machine over your documents`;

/**
 * Runs one command. Returns the exit code: 0 done, 1 a user's mistake or a run that failed, 2 a defect of ours.
 * Commands return a result; only this function prints it and decides the code.
 */
export async function main(argv: readonly string[], streams = { out: process.stdout, err: process.stderr }): Promise<number> {
  const output: Output = { json: argv.includes('--json'), ...streams };
  try {
    const [name = '', ...args] = argv;
    if (name === '' || name === '--help' || name === '-h') {
      line(output.out, USAGE);
      return 0;
    }
    const command = COMMANDS[name];
    if (command === undefined) {
      throw new CommandError('UnknownCommand', `unknown command ${JSON.stringify(name)}, it is one of ${Object.keys(COMMANDS).join(', ')}`);
    }
    const result = await command(args, output);
    if (output.json) line(output.out, JSON.stringify(result));
    return 0;
  } catch (error) {
    return report(error, output);
  }
}

/** node:util parseArgs names its errors by code; they are the user's, not ours. */
function isUsersMistake(error: unknown): error is Error & { code: string; fix?: string } {
  return (
    error instanceof CommandError || (error instanceof TypeError && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS'))
  );
}

function report(error: unknown, output: Output): number {
  if (!isUsersMistake(error)) {
    if (output.json) line(output.out, JSON.stringify({ error: { code: 'Internal', message: (error as Error)?.message ?? String(error) } }));
    line(output.err, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 2;
  }
  const { code, message, fix } = error;
  if (output.json) line(output.out, JSON.stringify({ error: { code, message, fix } }));
  else line(output.err, `error ${code}: ${message}${fix === undefined ? '' : `; ${fix}`}`);
  return 1;
}
