import { COMPARISONS, TYPE_TESTS } from '../../lib/local/asl/choice-operators';
import { INTRINSIC_FUNCTIONS } from '../../lib/local/asl/expressions/intrinsic-functions';
import { STATE_TYPES } from '../../lib/local/asl/model';
import type { ConformanceCase } from './conformance-case';

/** How many cases use each of these; none has no case. */
export interface CoverageGroup {
  readonly title: string;
  readonly counts: ReadonlyMap<string, number>;
}

const FIELDS = [
  ...['StartAt', 'States', 'Comment', 'Version', 'TimeoutSeconds', 'QueryLanguage', 'Next', 'End', 'Resource', 'HeartbeatSeconds'],
  ...['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'Retry', 'Catch', 'Assign', 'Output', 'Arguments', 'InputPath', 'OutputPath'],
  ...['Parameters', 'ResultSelector', 'ResultPath', 'Result', 'Choices', 'Default', 'Condition', 'Variable', 'Seconds', 'SecondsPath'],
  ...['Timestamp', 'TimestampPath', 'Error', 'ErrorPath', 'Cause', 'CausePath', 'Branches', 'Items', 'ItemsPath', 'ItemSelector'],
  ...['ItemProcessor', 'Iterator', 'ProcessorConfig', 'MaxConcurrency', 'MaxConcurrencyPath', 'ItemReader', 'ReaderConfig', 'ItemBatcher'],
  ...['ResultWriter', 'WriterConfig', 'ToleratedFailureCount', 'ToleratedFailureCountPath', 'ToleratedFailurePercentage'],
  ...['ToleratedFailurePercentagePath', 'Label', 'ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'],
  'JitterStrategy',
];

const COMBINERS = ['And', 'Or', 'Not'];

const JSONATA_FUNCTIONS = [
  ...['string', 'length', 'substring', 'substringBefore', 'substringAfter', 'uppercase', 'lowercase', 'trim', 'pad', 'contains', 'split'],
  ...['join', 'match', 'replace', 'base64encode', 'base64decode', 'encodeUrlComponent', 'encodeUrl', 'decodeUrlComponent', 'decodeUrl'],
  ...['number', 'abs', 'floor', 'ceil', 'round', 'power', 'sqrt', 'formatNumber', 'formatBase', 'formatInteger', 'parseInteger', 'sum'],
  ...['max', 'min', 'average', 'boolean', 'not', 'exists', 'type', 'count', 'append', 'sort', 'reverse', 'shuffle', 'distinct', 'zip'],
  ...['keys', 'lookup', 'spread', 'merge', 'sift', 'each', 'error', 'assert', 'now', 'millis', 'fromMillis', 'toMillis', 'map', 'filter'],
  ...['single', 'reduce', 'eval', 'partition', 'range', 'hash', 'random', 'uuid', 'parse'],
];

const ERRORS = [
  ...['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout', 'States.Runtime', 'States.DataLimitExceeded'],
  ...['States.QueryEvaluationError', 'States.ResultPathMatchFailure', 'States.ParameterPathFailure', 'States.IntrinsicFailure'],
  ...['States.ExceedToleratedFailureThreshold', 'States.ItemReaderFailed', 'States.ResultWriterFailed', 'States.BranchFailed'],
  ...['States.NoChoiceMatched', 'States.Permissions'],
];

/** What the cases use, by kind; read from the definitions themselves. */
export function coverage(cases: readonly ConformanceCase[]): readonly CoverageGroup[] {
  const texts = cases.map((conformance) => ({ text: textOf(conformance), definition: JSON.stringify(conformance.definition) }));
  const group = (title: string, names: readonly string[], uses: (name: string, text: string, definition: string) => boolean) => ({
    title,
    counts: new Map(names.map((name) => [name, texts.filter(({ text, definition }) => uses(name, text, definition)).length])),
  });
  const isKey = (name: string, _text: string, definition: string) => definition.includes(`"${name}":`);
  return [
    group('State types', STATE_TYPES, (name, _text, definition) => definition.includes(`"Type":"${name}"`)),
    group('Query languages', ['JSONPath', 'JSONata'], (name, _text, definition) => usesLanguage(name, definition)),
    group('Fields', FIELDS, isKey),
    group('Choice operators', operators(), isKey),
    group('Intrinsic functions', Object.keys(INTRINSIC_FUNCTIONS), (name, _text, definition) => definition.includes(`${name}(`)),
    group('JSONata functions', JSONATA_FUNCTIONS, (name, _text, definition) => new RegExp(`\\$${name}\\b`).test(definition)),
    group('Error names', ERRORS, (name, text) => text.includes(name)),
  ].map(({ title, counts }) => ({
    title,
    counts: title === 'JSONata functions' ? new Map([...counts].map(([name, count]) => [`$${name}`, count])) : counts,
  }));
}

function usesLanguage(name: string, definition: string): boolean {
  return name === 'JSONata' ? definition.includes('"QueryLanguage":"JSONata"') : !definition.startsWith('{"QueryLanguage":"JSONata"');
}

function operators(): string[] {
  const comparisons = [...COMPARISONS].flatMap(([name, { twin }]) => (twin ? [name, `${name}Path`] : [name]));
  return [...COMBINERS, ...comparisons, ...Object.keys(TYPE_TESTS)];
}

function textOf({ definition, mocks, expect }: ConformanceCase): string {
  return JSON.stringify([definition, mocks, expect]);
}
