import { existsSync, readFileSync } from 'node:fs';
import { UNKNOWN_LABEL } from '../../lambda/inference/labelled-head';

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

export interface Examples {
  readonly examples: readonly LabelledText[];
  /** In the order of their names, so that the same examples in another order give the same head layout. */
  readonly labels: readonly string[];
  /** Lines that said again what another line had said; they would be learned and then asked. */
  readonly repeated: number;
}

const MOST_PROBLEMS_SHOWN = 10;

/**
 * Reads one `{ "text": ..., "label": ... }` per line.
 * @param fewest examples that each label needs
 * @throws Error that lists what is wrong, line by line
 */
export function readExamples(file: string, fewest: number): Examples {
  if (!existsSync(file)) throw new Error(`the examples ${file} do not exist`);
  const problems: string[] = [];
  const seen = new Map<string, { readonly line: number; readonly label: string }>();
  const examples: LabelledText[] = [];
  let repeated = 0;
  readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((content, index) => {
      if (content.trim() === '') return;
      const line = index + 1;
      const example = parseLine(content);
      if (typeof example === 'string') {
        problems.push(`line ${line}: ${example}`);
        return;
      }
      const first = seen.get(example.text);
      if (first === undefined) {
        seen.set(example.text, { line, label: example.label });
        examples.push(example);
      } else if (first.label === example.label) repeated += 1;
      else problems.push(`line ${line}: is labelled ${example.label}, the same text in line ${first.line} ${first.label}`);
    });
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  if (problems.length === 0) problems.push(...problemsOfLabels(examples, labels, fewest));
  if (problems.length > 0) throw new Error(listOf(file, problems));
  return { examples, labels, repeated };
}

/** The example, or what is wrong with the line. */
function parseLine(content: string): LabelledText | string {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return 'is not JSON; write one { "text": ..., "label": ... } on each line';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object with text and label';
  const { text, label } = value as Record<string, unknown>;
  if (typeof text !== 'string' || text.trim() === '') return 'text must be a string that is not empty';
  if (typeof label !== 'string' || label.trim() === '') return 'label must be a string that is not empty';
  if (label === UNKNOWN_LABEL) return `the label ${UNKNOWN_LABEL} is kept for texts that are not understood; choose another`;
  return { text, label };
}

function problemsOfLabels(examples: readonly LabelledText[], labels: readonly string[], fewest: number): string[] {
  if (labels.length === 0) return ['there are no examples'];
  if (labels.length === 1) return [`every example is labelled ${labels[0]}; a head needs at least two labels`];
  return labels
    .map((label) => ({ label, count: examples.filter((example) => example.label === label).length }))
    .filter(({ count }) => count < fewest)
    .map(({ label, count }) => `the label ${label} has ${count} different texts, at least ${fewest} are needed`);
}

function listOf(file: string, problems: readonly string[]): string {
  const shown = problems.slice(0, MOST_PROBLEMS_SHOWN);
  const rest = problems.length - shown.length;
  return [`the examples ${file} cannot be used:`, ...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n  ');
}
