import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlipFact, RankedTarget } from '../lib/advisor/recommendation';
import { WorkloadAdvisor } from '../lib/advisor/workload-advisor';
import { readProfile } from '../lib/workload/read-profile';
import type { WorkloadProfile } from '../lib/workload/workload-profile';

const FOLDER = join(__dirname, '..', 'examples', 'profiles');
const MOST_TARGETS = 5;
const MOST_FLIPS = 6;

function profileOf(file: string): WorkloadProfile {
  const { profile, problems } = readProfile(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  if (profile === undefined) throw new Error(`${file}: ${problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`);
  return profile;
}

const usd = (amount: number | undefined) => (amount === undefined ? '' : amount.toFixed(2));

function targetRow({ name, fits, estimate, reasons }: RankedTarget): string {
  return `| ${name} | ${fits ? 'yes' : 'no'} | ${usd(estimate?.monthly)} | ${usd(estimate?.idleFloor)} | ${reasons[0] ?? ''} |`;
}

function flipLine({ fact, now, at, becomes }: FlipFact): string {
  return `- \`${fact}\`, now ${now}, at ${at}: ${becomes}`;
}

function caseText(file: string): string {
  const profile = profileOf(file);
  const { verdict, summary, targets, rules, flips } = WorkloadAdvisor.recommend(profile);
  const name = profile.name ?? file;
  return `## ${name[0]!.toUpperCase()}${name.slice(1)}

**${verdict}.** ${summary} ([profile](../../examples/profiles/${file}))

| where | fits | USD a month | of it idle | reason |
| --- | --- | ---: | ---: | --- |
${targets.slice(0, MOST_TARGETS).map(targetRow).join('\n')}

Why:

${rules.map(({ id, says }) => `- \`${id}\`: ${says}`).join('\n')}

What would change it:

${flips.slice(0, MOST_FLIPS).map(flipLine).join('\n')}
`;
}

/** docs/guides/advisor-cases.md: what the advisor says of the example profiles. */
export function advisorPage(): string {
  return `# Where seven workloads belong

Generated: what \`serverless-ai advise\` says of the profiles in [examples/profiles](../../examples/profiles), with all targets of AWS and the limits behind them shortened to the
first ${MOST_TARGETS}. Change a fact in a profile and ask again. How to choose by hand: [serverless, containers or both](choosing.md).

${readdirSync(FOLDER).sort().map(caseText).join('\n')}`;
}
