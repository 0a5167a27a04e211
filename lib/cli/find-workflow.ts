import type { StateMachineModel } from '../local/stepfunctions/state-machine-model';
import { CommandError } from './command-error';

/** The state machine that goes by the id, path, name or ARN; the only one there is where none is named. */
export function findWorkflow(machines: readonly StateMachineModel[], reference: string | undefined): StateMachineModel {
  const paths = machines.map(({ path }) => idOf(path));
  if (machines.length === 0) throw new CommandError('NoWorkflow', 'the assembly has no state machine');
  const matches = reference === undefined ? machines : machines.filter((machine) => isNamed(machine, reference));
  const [first, ...others] = matches;
  const list = paths.join(', ');
  if (first === undefined)
    throw new CommandError('UnknownWorkflow', `no workflow ${reference} in the assembly; it has ${list}`, undefined, undefined, paths);
  if (others.length === 0) return first;
  const among = matches.map(({ path }) => idOf(path));
  if (reference === undefined) {
    throw new CommandError(
      'Workflow',
      `the assembly has ${machines.length} workflows: ${list}`,
      'name one with --workflow',
      undefined,
      among,
    );
  }
  throw new CommandError('AmbiguousWorkflow', `${reference} may be ${among.join(' or ')}`, 'give the whole path', undefined, among);
}

/** The path of the construct that a user wrote, without what the construct calls its parts. */
export function idOf(path: string): string {
  return path.replace(/\/Resource$/, '').replace(/\/Machine$/, '');
}

function isNamed({ path, arn, aliasArns, name, logicalId }: StateMachineModel, reference: string): boolean {
  const construct = path.replace(/\/Resource$/, '');
  return (
    [arn, ...aliasArns, name, logicalId, path, construct, idOf(path)].includes(reference) || `/${construct}/`.includes(`/${reference}/`)
  );
}
