import type { Field } from '../../workload/field';
import { PROFILE_FIELDS } from '../../workload/profile-fields';

/** A fact that the interview asks for. */
export interface Question {
  /** `traffic.requestsPerMonth`. */
  readonly fact: string;
  readonly message: string;
  /** How an answer may look. */
  readonly example?: string;
  /** Answers to choose from; free text where there are none. */
  readonly choices?: readonly string[];
}

/** What is asked of everybody, in this order; the rest is asked for where it can change the verdict. */
export const FIRST_QUESTIONS: readonly Question[] = [
  { fact: 'name', message: 'What is the workload called?', example: 'support chat' },
  { fact: 'eventSource', message: 'What starts the work?', choices: choicesOf('eventSource') },
  { fact: 'duration.typical', message: 'How long does one piece of work usually take, from start to end?', example: '8 s' },
  { fact: 'duration.worst', message: 'How long does it take at worst?', example: '2 min' },
  { fact: 'memory', message: 'How much memory does it need at its peak, a model included?', example: '1 GB' },
  { fact: 'gpu', message: 'Does it need a GPU?', choices: ['false', 'true'] },
  { fact: 'traffic.requestsPerMonth', message: 'How many requests or jobs come in a month?', example: '100000' },
  { fact: 'traffic.shape', message: 'How do they come?', choices: choicesOf('traffic.shape') },
  { fact: 'alwaysOn', message: 'Must a process be there all the time, between requests as well?', choices: ['false', 'true'] },
];

/** The field of the profile that a fact names. */
export function fieldOf(fact: string): Field | undefined {
  const [first = '', ...rest] = fact.replace(/\[\d+\]/g, '').split('.');
  let field: Field | undefined = PROFILE_FIELDS[first];
  for (const name of rest) {
    const shape = field?.shape;
    field = shape?.kind === 'object' || shape?.kind === 'list' ? shape.fields[name] : shape?.kind === 'timeRange' ? TIME : undefined;
  }
  return field;
}

const TIME: Field = { shape: { kind: 'duration', positive: true }, about: '', required: false };

/** Values that a fact can have, where they can be listed. */
export function choicesOf(fact: string): readonly string[] | undefined {
  const shape = fieldOf(fact)?.shape;
  if (shape?.kind === 'choice') return shape.values;
  return shape?.kind === 'flag' ? ['false', 'true'] : undefined;
}
