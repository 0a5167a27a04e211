import { writeFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { Recommendation } from '../advisor/recommendation';
import { WorkloadAdvisor } from '../advisor/workload-advisor';
import { readProfile } from '../workload/read-profile';
import type { WorkloadProfile } from '../workload/workload-profile';
import { adviceText } from './advise/advice-text';
import { interview } from './advise/interview';
import { reportPage } from './advise/report-page';
import { TerminalInterviewer } from './advise/terminal-interviewer';
import type { Command } from './command';
import { CommandError } from './command-error';
import { line, type Output } from './output';
import { profileError, readProfileFile } from './read-profile-file';

/** Where a workload belongs: asks, or reads a profile, and ranks what it could run on. */
export const ADVISE: Command = {
  summary: 'say where a workload belongs, with the quotas, the cost and what would change it',
  usage: '[profile.json|profile.yaml] [--html FILE] [--json]\n  without a profile it asks in the terminal',

  async run(args, output): Promise<Recommendation> {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { html: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (more.length > 0)
      throw new CommandError('Arguments', `advise takes one profile, got ${positionals.length}: ${positionals.join(' ')}`);
    const profile = file === undefined ? await askedFor(output) : readProfileFile(file);
    const advice = WorkloadAdvisor.recommend(profile);
    if (values.html !== undefined) writeReport(values.html, reportPage(profile, advice, new Date().toISOString().slice(0, 10)), output);
    if (!output.json) line(output.out, adviceText(advice));
    return advice;
  },
};

async function askedFor(output: Output): Promise<WorkloadProfile> {
  const terminal = output.err as { readonly isTTY?: boolean };
  if (output.json || terminal.isTTY !== true || !process.stdin.isTTY)
    throw new CommandError(
      'NoProfile',
      'there is no profile, and no terminal to ask in',
      'name a JSON or YAML file: serverless-ai advise profile.yaml',
    );
  const interviewer = new TerminalInterviewer(process.stdin as Readable, output.err);
  const draft = await interview(interviewer, (known) => WorkloadAdvisor.recommend(known));
  const { profile, problems } = readProfile(draft);
  if (profile === undefined) throw profileError('the answers', problems);
  line(output.err, `\nthe answers as a profile:\n${JSON.stringify(draft, null, 2)}\n`);
  return profile;
}

function writeReport(file: string, page: string, { err }: Output): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new CommandError('Report', `--html ${file} cannot be written: ${(error as Error).message}`);
  }
  line(err, `report written to ${file}`);
}
