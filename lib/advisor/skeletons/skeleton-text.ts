import type { WorkloadFacts } from '../../workload/workload-facts';

const MIB = 1024 ** 2;

/** A whole program: imports, and a stack whose constructor holds the lines. */
export function stackOf(imports: readonly string[], name: string, lines: readonly string[]): string {
  const body = lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
  const core = body.includes('Duration.') ? 'Duration, Stack' : 'Stack';
  return `${[...imports, `import { ${core} } from 'aws-cdk-lib/core';`, "import type { Construct } from 'constructs';"].join('\n')}

export class ${name} extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
${body}
  }
}
`;
}

/** `Duration.minutes(5)`: the worst time with a fifth to spare, in whole seconds, at most the limit. */
export function timeoutOf(seconds: number | undefined, most: number): string | undefined {
  return seconds === undefined ? undefined : `Duration.seconds(${Math.max(3, Math.min(most, Math.ceil(seconds * 1.2)))})`;
}

/** Whole megabytes, within the bounds of the service. */
export function megabytesOf(bytes: number | undefined, least: number, most: number): number | undefined {
  return bytes === undefined ? undefined : Math.max(least, Math.min(most, Math.ceil(bytes / MIB)));
}

/** `name: value,` of what is known. */
export function props(entries: Readonly<Record<string, string | number | undefined>>): string[] {
  return Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value},`]));
}

/** Words of a step's name as an identifier. */
export function identifier(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? ['step'];
  const [first = 'step', ...rest] = words.map((word) => word.toLowerCase());
  const joined = first + rest.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return /^[0-9]/.test(joined) ? `step${joined}` : joined;
}

/** The steps of the profile, or two where it names none. */
export const stepNames = ({ steps }: WorkloadFacts): string[] => (steps.length > 0 ? steps.map(({ name }) => name) : ['Prepare', 'Answer']);
