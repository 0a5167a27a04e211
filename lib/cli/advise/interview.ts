import type { Recommendation } from '../../advisor/recommendation';
import { problemLine, readProfile } from '../../workload/read-profile';
import type { WorkloadProfile } from '../../workload/workload-profile';
import { choicesOf, FIRST_QUESTIONS, fieldOf, type Question } from './questions';

/** How questions are put. Undefined is an answer that is not known. */
export interface Interviewer {
  /** `check` says what is wrong with an answer, before it is taken. */
  ask(question: Question, check: (answer: string) => string | undefined): Promise<string | undefined>;
}

export type ProfileDraft = Readonly<Record<string, unknown>>;

/** Further questions after the first ones; somebody who does not know the answers is not asked for ever. */
const MOST_FURTHER = 12;

/**
 * Asks for a profile: first what matters for every workload, then what the advisor still misses to be sure. The draft has the form of a profile file.
 */
export async function interview(interviewer: Interviewer, advise: (profile: WorkloadProfile) => Recommendation): Promise<ProfileDraft> {
  let draft: ProfileDraft = {};
  const put = async (question: Question) => {
    const answer = await interviewer.ask(question, (text) => problemOf(withAnswer(draft, question.fact, text), question.fact));
    if (answer !== undefined && answer.trim() !== '') draft = withAnswer(draft, question.fact, answer);
  };
  const asked = new Set<string>();
  for (const question of FIRST_QUESTIONS) {
    asked.add(question.fact);
    // Without a usual time there is no worst one.
    if (question.fact === 'duration.worst' && at(draft, 'duration.typical') === undefined) continue;
    await put(question);
  }
  for (let further = 0; further < MOST_FURTHER; further++) {
    const { profile } = readProfile(draft);
    const next = profile && advise(profile).openQuestions.find(({ fact }) => !asked.has(fact) && fieldOf(fact) !== undefined);
    if (next === undefined) return draft;
    asked.add(next.fact);
    await put({ fact: next.fact, message: next.question, ...choices(next.fact) });
  }
  return draft;
}

function choices(fact: string): Pick<Question, 'choices'> {
  const values = choicesOf(fact);
  return values === undefined ? {} : { choices: values };
}

/** What the reader of profiles says of this answer; of what is not answered yet it may say what it likes. */
function problemOf(draft: ProfileDraft, fact: string): string | undefined {
  const problem = readProfile(draft).problems.find(({ path }) => path === fact || path === fact.split('.')[0]);
  return problem && problemLine(problem);
}

function at(draft: ProfileDraft, fact: string): unknown {
  return fact.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], draft);
}

/** The draft with one more answer, as the file would have it: numbers and flags are no text. */
function withAnswer(draft: ProfileDraft, fact: string, answer: string): ProfileDraft {
  const [first = '', ...rest] = fact.split('.');
  if (rest.length === 0) return { ...draft, [first]: typed(fact, answer) };
  const inner = withAnswerInside((draft[first] ?? {}) as ProfileDraft, rest, typed(fact, answer));
  return { ...draft, [first]: inner };
}

function withAnswerInside(draft: ProfileDraft, path: readonly string[], value: unknown): ProfileDraft {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return { ...draft, [first]: value };
  return { ...draft, [first]: withAnswerInside((draft[first] ?? {}) as ProfileDraft, rest, value) };
}

function typed(fact: string, answer: string): unknown {
  const kind = fieldOf(fact)?.shape.kind;
  const text = answer.trim();
  if (kind === 'flag' && (text === 'true' || text === 'false')) return text === 'true';
  // People write a thousand with a comma or a blank.
  const digits = text.replace(/(?<=\d)[,_ ](?=\d{3})/g, '');
  return kind === 'number' && digits !== '' && Number.isFinite(Number(digits)) ? Number(digits) : text;
}
