import { parseArgs } from 'node:util';
import { DoorError } from '../local/asl/door/door-error';
import { type Interpretation, interpret } from '../local/asl/door/interpret';
import { DefinitionError } from '../local/asl/state-machine-definition';
import type { Command } from './command';
import { CommandError } from './command-error';
import { readJson, readText } from './read-json';

/** Interprets one definition in the Amazon States Language. Standard output is one JSON value, with `--json` or without. */
async function asl(args: readonly string[]): Promise<Interpretation> {
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
    throw new CommandError('Definition', `asl takes one definition file, got ${positionals.length}`, 'see serverless-ai asl --help');
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

export const ASL: Command = {
  summary: 'interprets one definition in the Amazon States Language, with mocks in place of the world',
  usage: `DEFINITION.json [--input FILE|JSON] [--mocks FILE|JSON] [--context FILE|JSON] [--skip-time] [--json]
  prints {status, output, error, cause, events} as JSON; mocks map a Resource, or of lambda:invoke the function's name or ARN, to outcomes
  used in the order of the calls:
    {"arn:aws:states:::lambda:invoke": [{"return": {"StatusCode": 200, "Payload": 1}}], "my-function": [{"throw": {"Error": "E", "Cause": ""}, "sleep": 2}]}
  return is the whole result of the integration, of lambda:invoke with its Payload; of .waitForTaskToken the output of the token`,
  run: asl,
  printsJson: true,
};
