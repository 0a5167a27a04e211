import type { QueryLanguage, StateType } from '../model';

interface FieldTable {
  readonly both: readonly string[];
  readonly JSONPath: readonly string[];
  readonly JSONata: readonly string[];
  readonly required: readonly string[];
}

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End', 'Assign'];
const ERRORS = ['Retry', 'Catch'];
const PATHS = ['InputPath', 'OutputPath'];
const RESULT = ['ResultSelector', 'ResultPath'];

const FIELDS: Readonly<Record<StateType, FieldTable>> = {
  Task: {
    both: [...FLOW, ...ERRORS, 'Resource', 'TimeoutSeconds', 'HeartbeatSeconds'],
    JSONPath: [...PATHS, ...RESULT, 'Parameters', 'TimeoutSecondsPath', 'HeartbeatSecondsPath'],
    JSONata: ['Arguments', 'Output'],
    required: ['Resource'],
  },
  Pass: { both: FLOW, JSONPath: [...PATHS, 'ResultPath', 'Parameters', 'Result'], JSONata: ['Output'], required: [] },
  Choice: { both: ['Choices', 'Default', 'Assign'], JSONPath: PATHS, JSONata: ['Output'], required: ['Choices'] },
  Wait: {
    both: [...FLOW, 'Seconds', 'Timestamp'],
    JSONPath: [...PATHS, 'SecondsPath', 'TimestampPath'],
    JSONata: ['Output'],
    required: [],
  },
  Succeed: { both: [], JSONPath: PATHS, JSONata: ['Output'], required: [] },
  Fail: { both: ['Error', 'Cause'], JSONPath: ['ErrorPath', 'CausePath'], JSONata: [], required: [] },
  Parallel: {
    both: [...FLOW, ...ERRORS, 'Branches'],
    JSONPath: [...PATHS, ...RESULT, 'Parameters'],
    JSONata: ['Arguments', 'Output'],
    required: ['Branches'],
  },
  Map: {
    both: [
      ...FLOW,
      ...ERRORS,
      'ItemProcessor',
      'ItemSelector',
      'MaxConcurrency',
      'ToleratedFailureCount',
      'ToleratedFailurePercentage',
      'Label',
      'ItemReader',
      'ItemBatcher',
      'ResultWriter',
    ],
    JSONPath: [
      ...PATHS,
      ...RESULT,
      'ItemsPath',
      'Parameters',
      'Iterator',
      'MaxConcurrencyPath',
      'ToleratedFailureCountPath',
      'ToleratedFailurePercentagePath',
    ],
    JSONata: ['Items', 'Output'],
    required: [],
  },
};

/** Fields that Step Functions knows and the local run does not; with mocks in place of services they change nothing. */
const UNSUPPORTED: Partial<Readonly<Record<StateType, readonly string[]>>> = {
  Task: ['Credentials'],
};

export function requiredFields(type: StateType): readonly string[] {
  return FIELDS[type].required;
}

/** Why the state cannot have the field, or undefined when it can. */
export function fieldProblem(type: StateType, language: QueryLanguage, field: string, mocked: boolean): string | undefined {
  const table = FIELDS[type];
  if (COMMON.includes(field) || table.both.includes(field) || table[language].includes(field)) return undefined;
  if (UNSUPPORTED[type]?.includes(field)) return mocked ? undefined : `${field} is not supported by the local run`;
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  if (table[other].includes(field)) return `${field} is a ${other} field, the state's query language is ${language}`;
  return `a ${type} state has no field ${field}`;
}

export function mayEnd(type: StateType): boolean {
  return FIELDS[type].both.includes('End');
}
