import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/model/model-files';

const PAGE = join(ROOT, 'docs', 'guides', 'sentiment-model.md');

/** The number in the second column of the page's row that starts with a name. */
export function figureOnPage(name: string): number {
  const row = readFileSync(PAGE, 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| ${name} |`));
  const [, figure] = /^\| [^|]+ \| ([\d.]+)/.exec(row ?? '') ?? [];
  if (figure === undefined) throw new Error(`${PAGE} has no row "${name}" with a number`);
  return Number(figure);
}
