import { readDockerfile, type Stage } from '../../images/dockerfile';
import { AssemblyError } from '../../template/assembly-error';

/** The stages of a Dockerfile that Docker would take. */
export function stagesOf(text: string, buildArgs: Readonly<Record<string, string>>, file: string, platform?: string): readonly Stage[] {
  const { stages, problems } = readDockerfile(text, { buildArgs, platform });
  const [problem] = problems;
  if (problem !== undefined) throw new AssemblyError(`${file}:${problem.line}: ${problem.message}`);
  if (stages.length === 0) throw new AssemblyError(`${file} has no FROM`);
  return stages;
}
