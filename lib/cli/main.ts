import { DefinitionError } from '../local/asl/definition/problems';
import { FaultError } from '../local/faults/fault';
import { AssemblyError } from '../template/assembly-error';
import { ADVISE } from './advise';
import { ASL } from './asl';
import { AUDIT } from './audit';
import type { Command } from './command';
import { CommandError } from './command-error';
import { ESTIMATE } from './estimate';
import { LOCAL } from './local';
import { line, type Output } from './output';
import { QUOTAS } from './quotas';
import { RESEARCH } from './research';
import { RUN } from './run';
import { WARM } from './warm';

const COMMANDS: Readonly<Record<string, Command>> = {
  run: RUN,
  local: LOCAL,
  asl: ASL,
  audit: AUDIT,
  advise: ADVISE,
  estimate: ESTIMATE,
  warm: WARM,
  quotas: QUOTAS,
  research: RESEARCH,
};

type Streams = Pick<Output, 'out' | 'err'>;

const STANDARD: Streams = { out: process.stdout, err: process.stderr };

function usageOf(name: string, { usage, summary }: Command): string {
  return `usage: serverless-ai ${name} ${usage}\n\n${summary}`;
}

function usage(): string {
  const longest = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const list = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(longest)}  ${summary}`);
  return [
    'usage: serverless-ai <command> [options]',
    '',
    ...list,
    '',
    'serverless-ai <command> --help shows its options; --json prints one JSON value, an error as {error: {code, message, allowed, fix}}',
    'exit code: 0 done, 1 your mistake or a run that failed, 2 a defect of this tool',
  ].join('\n');
}

function outputOf([name = '', ...args]: readonly string[], streams: Streams): Output {
  const printsJson = Object.hasOwn(COMMANDS, name) && COMMANDS[name]?.printsJson === true;
  return { json: printsJson || name === '--json' || args.includes('--json'), ...streams };
}

/** Tells of an error that no command caught; with `--json` standard output is one JSON value even then. */
export function reportDefect(error: unknown, argv: readonly string[], streams: Streams = STANDARD): void {
  const output = outputOf(argv, streams);
  if (output.json) line(output.out, JSON.stringify({ error: { code: 'Internal', message: (error as Error)?.message ?? String(error) } }));
  line(output.err, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * Runs one command. Returns the exit code: 0 done, 1 a user's mistake or a run that failed, 2 a defect of ours.
 * Commands return a result; only this function prints it and decides the code.
 */
export async function main(argv: readonly string[], streams: Streams = STANDARD): Promise<number> {
  const [name = '', ...args] = argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const output = outputOf(argv, streams);
  try {
    if (name === '' || argv.some((argument) => argument === '--help' || argument === '-h')) {
      const text = command === undefined ? usage() : usageOf(name, command);
      line(output.out, argv.includes('--json') ? JSON.stringify({ usage: text }) : text);
      return 0;
    }
    if (command === undefined) {
      const allowed = Object.keys(COMMANDS);
      const message = `unknown command ${JSON.stringify(name)}, it is one of ${allowed.join(', ')}`;
      throw new CommandError('UnknownCommand', message, undefined, undefined, allowed);
    }
    const result = await command.run(args, output);
    if (output.json) line(output.out, JSON.stringify(result));
    return command.failed?.(result) ? 1 : 0;
  } catch (error) {
    const mistake = usersMistake(error, name);
    if (mistake !== undefined) return report(mistake, output);
    reportDefect(error, argv, streams);
    return 2;
  }
}

/** An error of the user, as this command line names it; undefined for a defect of ours. */
function usersMistake(error: unknown, command: string): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof AssemblyError) return new CommandError('Assembly', error.message, 'synthesize again, or name another directory');
  if (error instanceof FaultError) return new CommandError('Fault', error.message);
  if (error instanceof DefinitionError) {
    const [first, ...more] = error.problems;
    const rest = more.length === 0 ? '' : ` and ${more.length} more`;
    return new CommandError(
      'InvalidDefinition',
      `the workflow cannot run here: ${first?.path}: ${first?.message}${rest}`,
      undefined,
      error.problems,
    );
  }
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  // node:util parseArgs names its errors by code.
  if (String(code).startsWith('ERR_PARSE_ARGS'))
    return new CommandError(
      'Option',
      message.split('. ')[0] ?? message,
      command === '' ? 'see --help' : `see serverless-ai ${command} --help`,
    );
  return undefined;
}

function report({ code, message, fix, problems, allowed }: CommandError, output: Output): number {
  if (output.json) line(output.out, JSON.stringify({ error: { code, message, allowed, fix, problems } }));
  else line(output.err, `error ${code}: ${message}${fix === undefined ? '' : `; ${fix}`}`);
  return 1;
}
