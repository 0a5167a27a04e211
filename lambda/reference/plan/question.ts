import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';

export const MAX_QUESTION_LENGTH = 2_000;

/** The question of a run: started directly its input holds it, started by the router the input of the job does. */
export function questionOf(input: unknown): string {
  const { responseId, input: routed } = (input ?? {}) as { readonly responseId?: unknown; readonly input?: unknown };
  const { question } = ((responseId === undefined ? input : routed) ?? {}) as { readonly question?: unknown };
  const text = typeof question === 'string' ? question.trim() : '';
  if (text !== '' && text.length <= MAX_QUESTION_LENGTH) return text;
  throw new NamedError(
    ErrorName.InvalidInput,
    `question must be a text of 1 to ${MAX_QUESTION_LENGTH} characters, got ${JSON.stringify(question)?.slice(0, 80)}`,
  );
}
