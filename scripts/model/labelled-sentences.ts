import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface LabelledSentence {
  readonly text: string;
  readonly positive: boolean;
}

/** Reviews of products, films and restaurants, labelled by hand (Kotzias et al., 2015), as they ship with the sentiment package. */
const SITES = ['amazon', 'imdb', 'yelp'] as const;

export function readLabelledSentences(): LabelledSentence[] {
  const directory = join(dirname(require.resolve('sentiment/package.json')), 'test', 'fixtures');
  return SITES.flatMap((site) => {
    const entries = JSON.parse(readFileSync(join(directory, `${site}.json`), 'utf8')) as { text: string; class: 0 | 1 }[];
    return entries.map((entry) => ({ text: entry.text, positive: entry.class === 1 }));
  });
}
