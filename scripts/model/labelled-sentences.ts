import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reviews of products, films and restaurants, labelled by hand (Kotzias et al., 2015), as they ship with the sentiment package. */
export const SITES = ['amazon', 'imdb', 'yelp'] as const;

export type Site = (typeof SITES)[number];

export interface LabelledSentence {
  readonly text: string;
  readonly positive: boolean;
  readonly site: Site;
}

export function readLabelledSentences(): LabelledSentence[] {
  const directory = join(dirname(require.resolve('sentiment/package.json')), 'test', 'fixtures');
  return SITES.flatMap((site) => {
    const entries = JSON.parse(readFileSync(join(directory, `${site}.json`), 'utf8')) as { text: string; class: 0 | 1 | null }[];
    // Each file ends with a blank line of the original, which has no class.
    return entries.filter(({ class: label }) => label !== null).map((entry) => ({ text: entry.text, positive: entry.class === 1, site }));
  });
}
