import { AssemblyError } from '../local/assembly/assembly-error';
import { asl } from './asl';
import { CommandError } from './command-error';
import { line, type Output } from './output';
import { research } from './research';

type Command = (args: readonly string[], output: Output) => Promise<unknown>;

const COMMANDS: Readonly<Record<string, Command>> = { research, asl };

const USAGE = `usage: serverless-ai <command> [options]

  research [--assembly DIR] [--input QUESTION] [--documents DIR] [--model-url URL] [--json]
      runs the research workflow of the reference stack on this machine over your documents
  asl DEFINITION.json [--input FILE|JSON] [--mocks FILE|JSON] [--context FILE|JSON] [--skip-time] [--json]
      interprets one definition in the Amazon States Language and prints {status, output, error, cause, events} as JSON;
      mocks map a Resource, or of lambda:invoke the function's name or ARN, to outcomes used in the order of the calls:
        {"arn:aws:states:::lambda:invoke": [{"return": {"StatusCode": 200, "Payload": 1}}], "my-function": [{"throw": {"Error": "E", "Cause": ""}, "sleep": 2}]}
      return is the whole result of the integration, of lambda:invoke with its Payload; of .waitForTaskToken the output of the token`;

/**
 * Runs one command. Returns the exit code: 0 done, 1 a user's mistake or a run that failed, 2 a defect of ours.
 * Commands return a result; only this function prints it and decides the code.
 */
export async function main(
  argv: readonly string[],
  streams: Pick<Output, 'out' | 'err'> = { out: process.stdout, err: process.stderr },
): Promise<number> {
  // What `asl` prints is JSON always.
  const output: Output = { json: argv.includes('--json') || argv[0] === 'asl', ...streams };
  try {
    const [name = '', ...args] = argv;
    if (name === '' || argv.some((argument) => argument === '--help' || argument === '-h')) {
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

/** An error of the user, as this command line names it; undefined for a defect of ours. */
function usersMistake(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof AssemblyError)
    return new CommandError('Assembly', error.message, 'synthesize again, or name another with --assembly DIR');
  const { code, message } = error as { code?: unknown; message: string };
  // node:util parseArgs names its errors by code.
  if (String(code).startsWith('ERR_PARSE_ARGS')) return new CommandError('Option', message.split('. ')[0] ?? message, 'see --help');
  return undefined;
}

function report(error: unknown, output: Output): number {
  const mistake = usersMistake(error);
  if (mistake === undefined) {
    if (output.json) line(output.out, JSON.stringify({ error: { code: 'Internal', message: (error as Error)?.message ?? String(error) } }));
    line(output.err, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 2;
  }
  const { code, message, fix, problems } = mistake;
  if (output.json) line(output.out, JSON.stringify({ error: { code, message, fix, problems } }));
  else line(output.err, `error ${code}: ${message}${fix === undefined ? '' : `; ${fix}`}`);
  return 1;
}
