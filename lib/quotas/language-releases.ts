/** A release of a language as its own project keeps it up, whoever packages it. */
export interface LanguageRelease {
  readonly language: 'nodejs' | 'python';
  /** As tags of images say it: `3.13`, `24`. */
  readonly version: string;
  /** ISO date from which it gets no security fixes. */
  readonly endOfLife: string;
  readonly source: string;
  /** ISO date on which the page was read. */
  readonly checkedOn: string;
}

const CHECKED_ON = '2026-11-24';
const PYTHON = 'https://devguide.python.org/versions/';
const NODE = 'https://github.com/nodejs/Release';

/** The guide gives a month for releases that are still kept up; its last day stands for it, as it did for 3.9. */
const PYTHON_ENDS: Readonly<Record<string, string>> = {
  '2.7': '2020-01-01',
  '3.6': '2021-12-23',
  '3.7': '2023-06-27',
  '3.8': '2024-10-07',
  '3.9': '2025-10-31',
  '3.10': '2026-10-31',
  '3.11': '2027-10-31',
  '3.12': '2028-10-31',
  '3.13': '2029-10-31',
  '3.14': '2030-10-31',
};

/** Releases with long support; the others end within months and are nobody's base for long. */
const NODE_ENDS: Readonly<Record<string, string>> = {
  '10': '2021-04-30',
  '12': '2022-04-30',
  '14': '2023-04-30',
  '16': '2023-09-11',
  '18': '2025-04-30',
  '20': '2026-04-30',
  '22': '2027-04-30',
  '24': '2028-04-30',
};

/** Names under which Node's releases are tagged as well. */
export const NODE_CODENAMES: Readonly<Record<string, string>> = {
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

export const LANGUAGE_RELEASES: readonly LanguageRelease[] = [
  ...Object.entries(PYTHON_ENDS).map(
    ([version, endOfLife]): LanguageRelease => ({ language: 'python', version, endOfLife, source: PYTHON, checkedOn: CHECKED_ON }),
  ),
  ...Object.entries(NODE_ENDS).map(
    ([version, endOfLife]): LanguageRelease => ({ language: 'nodejs', version, endOfLife, source: NODE, checkedOn: CHECKED_ON }),
  ),
];

/** Undefined for a release that is newer than this table, or older. */
export function languageRelease(language: string, version: string): LanguageRelease | undefined {
  return LANGUAGE_RELEASES.find((release) => release.language === language && release.version === version);
}
