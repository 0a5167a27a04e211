import { type ProfileProblem, problemLine, readProfile } from '../workload/read-profile';
import type { WorkloadProfile } from '../workload/workload-profile';
import { CommandError } from './command-error';
import { readData } from './read-data';

/** The profile of a JSON or YAML file; every problem of it is told. */
export function readProfileFile(file: string): WorkloadProfile {
  return profileOf(readData(file, 'Profile', 'profile'), file);
}

export function profileOf(value: unknown, file: string): WorkloadProfile {
  const { profile, problems } = readProfile(value);
  if (profile === undefined) throw profileError(file, problems);
  return profile;
}

export function profileError(what: string, problems: readonly ProfileProblem[]): CommandError {
  const [first, ...more] = problems;
  const rest = more.length === 0 ? '' : `; and ${more.map(problemLine).join('; ')}`;
  return new CommandError('Profile', `${what}: ${problemLine(first!)}${rest}`, undefined, problems);
}
