import { DURABLE_RUNTIMES } from './durable-quotas';
import type { Confidence } from './quota';

export type RuntimeLanguage = 'nodejs' | 'python' | 'java' | 'dotnet' | 'ruby' | 'go' | 'none';

/** A managed runtime. A date that AWS has not stated is absent. */
export interface LambdaRuntime {
  /** `nodejs24.x`. */
  readonly id: string;
  /** `none` where only the operating system is provided. */
  readonly language: RuntimeLanguage;
  /** ISO date from which it gets no patches; functions still run. */
  readonly deprecatedOn?: string;
  /** ISO date from which no function can be created with it. */
  readonly createBlockedOn?: string;
  /** ISO date from which no function that has it can be updated. */
  readonly updateBlockedOn?: string;
  /** Can be used, without support. */
  readonly preview: boolean;
  /** Newest supported runtime of the language. */
  readonly successor: string;
  /** Streams responses without an adapter or a runtime of one's own. */
  readonly streaming: boolean;
  readonly snapStart: boolean;
  readonly durable: boolean;
  readonly source: string;
  /** ISO date of the copy of the page that was read. */
  readonly checkedOn: string;
  readonly confidence: Confidence;
}

const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html';
const CHECKED_ON = '2026-08-15';

type Dates = readonly [id: string, deprecatedOn?: string, createBlockedOn?: string, updateBlockedOn?: string];

/**
 * In the order of the page. AWS moves the last two dates outwards where many functions still use a runtime: it blocks nothing before them, and perhaps
 * later.
 */
const DATES: readonly Dates[] = [
  ['nodejs26.x'],
  ['nodejs24.x', '2028-04-30', '2028-06-01', '2028-07-01'],
  ['nodejs22.x', '2027-04-30', '2027-06-01', '2027-07-01'],
  ['nodejs20.x', '2026-04-30', '2027-02-01', '2027-03-03'],
  ['nodejs18.x', '2025-09-01', '2027-02-01', '2027-03-03'],
  ['nodejs16.x', '2024-06-12', '2027-02-01', '2027-03-03'],
  ['nodejs14.x', '2023-12-04', '2024-01-09', '2027-03-03'],
  ['nodejs12.x', '2023-03-31', '2023-03-31', '2023-04-30'],
  ['nodejs10.x', '2021-07-30', '2021-07-30', '2022-02-14'],
  ['nodejs8.10', '2020-03-06', '2020-02-04', '2020-03-06'],
  ['nodejs6.10', '2019-08-12', '2019-07-12', '2019-08-12'],
  ['nodejs4.3', '2020-03-05', '2020-02-03', '2020-03-05'],
  ['nodejs4.3-edge', '2020-03-05', '2019-03-31', '2019-04-30'],
  ['nodejs', '2016-08-30', '2016-09-30', '2016-10-31'],
  ['python3.15'],
  ['python3.14', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['python3.13', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['python3.12', '2028-10-31', '2028-11-30', '2029-01-10'],
  ['python3.11', '2027-06-30', '2027-07-31', '2027-08-31'],
  ['python3.10', '2026-10-31', '2027-02-01', '2027-03-03'],
  ['python3.9', '2025-12-15', '2027-02-01', '2027-03-03'],
  ['python3.8', '2024-10-14', '2027-02-01', '2027-03-03'],
  ['python3.7', '2023-12-04', '2024-01-09', '2027-03-03'],
  ['python3.6', '2022-07-18', '2022-07-18', '2022-08-29'],
  ['python2.7', '2021-07-15', '2021-07-15', '2022-05-30'],
  ['java25', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['java21', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['java17.al2023', '2029-06-30'],
  ['java11.al2023', '2029-06-30'],
  ['java8.al2023', '2029-06-30'],
  ['java17', '2027-06-30', '2027-07-31', '2027-08-31'],
  ['java11', '2027-06-30', '2027-07-31', '2027-08-31'],
  ['java8.al2', '2027-06-30', '2027-07-31', '2027-08-31'],
  ['java8', '2024-01-08', '2024-02-08', '2027-03-03'],
  ['dotnet10', '2028-11-14', '2028-12-14', '2029-01-15'],
  // A later transcription has 2027-07-29 and 2027-08-31 for these two.
  ['dotnet8', '2026-11-10', '2027-02-01', '2027-03-03'],
  ['dotnet6', '2024-12-20', '2027-02-01', '2027-03-03'],
  ['dotnetcore3.1', '2023-04-03', '2023-04-03', '2023-05-03'],
  ['dotnetcore2.1', '2022-01-05', '2022-01-05', '2022-04-13'],
  ['dotnetcore2.0', '2019-05-30', '2019-04-30', '2019-05-30'],
  ['dotnetcore1.0', '2019-06-27', '2019-06-30', '2019-07-30'],
  ['ruby4.0', '2029-03-31', '2029-04-30', '2029-05-31'],
  ['ruby3.4', '2028-03-31', '2028-04-30', '2028-05-31'],
  ['ruby3.3', '2027-03-31', '2027-04-30', '2027-05-31'],
  ['ruby3.2', '2026-03-31', '2027-02-01', '2027-03-03'],
  ['ruby2.7', '2023-12-07', '2024-01-09', '2027-03-03'],
  ['ruby2.5', '2021-07-30', '2021-07-30', '2022-03-31'],
  ['go1.x', '2024-01-08', '2024-02-08', '2027-03-03'],
  ['provided.al2023', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['provided.al2', '2026-07-31', '2027-02-01', '2027-03-03'],
  ['provided', '2024-01-08', '2024-02-08', '2027-03-03'],
];

/** Read from a transcription: the copies of the page itself differ on them. */
const SECONDARY: ReadonlySet<string> = new Set(['nodejs26.x', 'python3.15', 'java17.al2023', 'java11.al2023', 'java8.al2023']);

const PREVIEWS: ReadonlySet<string> = new Set(['nodejs26.x', 'python3.15']);

/** Java 11, Python 3.12, .NET 8 and later: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html, read 2026-11-24. */
const SNAPSTART: ReadonlySet<string> = new Set([
  ...['java11', 'java17', 'java21', 'java25', 'java11.al2023', 'java17.al2023'],
  ...['python3.12', 'python3.13', 'python3.14', 'python3.15'],
  ...['dotnet8', 'dotnet10'],
]);

const SUCCESSORS: Readonly<Record<RuntimeLanguage, string>> = {
  nodejs: 'nodejs24.x',
  python: 'python3.14',
  java: 'java25',
  dotnet: 'dotnet10',
  ruby: 'ruby4.0',
  go: 'provided.al2023',
  none: 'provided.al2023',
};

const LANGUAGES: readonly RuntimeLanguage[] = ['nodejs', 'python', 'java', 'dotnet', 'ruby', 'go'];

function runtime([id, deprecatedOn, createBlockedOn, updateBlockedOn]: Dates): LambdaRuntime {
  const language = LANGUAGES.find((name) => id.startsWith(name)) ?? 'none';
  return {
    id,
    language,
    deprecatedOn,
    createBlockedOn,
    updateBlockedOn,
    preview: PREVIEWS.has(id),
    successor: SUCCESSORS[language],
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html, read 2026-11-24.
    streaming: language === 'nodejs',
    snapStart: SNAPSTART.has(id),
    durable: DURABLE_RUNTIMES.names.includes(id),
    source: SOURCE,
    checkedOn: CHECKED_ON,
    confidence: SECONDARY.has(id) ? 'secondary' : 'confirmed',
  };
}

/** Every managed runtime that Lambda has had. */
export const LAMBDA_RUNTIMES: readonly LambdaRuntime[] = DATES.map(runtime);

const BY_ID: ReadonlyMap<string, LambdaRuntime> = new Map(LAMBDA_RUNTIMES.map((entry) => [entry.id, entry]));

/** Undefined for a runtime that is newer than this table, or none. */
export function lambdaRuntime(id: string): LambdaRuntime | undefined {
  return BY_ID.get(id);
}
