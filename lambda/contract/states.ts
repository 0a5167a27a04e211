const PART_OF_STEP = 'Part of step ';

/** Comment of a state that stands beside the one that carries the step's name: it asks, counts, records or hands on for that step. */
export function partOfStep(stepId: string): string {
  return PART_OF_STEP + stepId;
}

/** The step that a state with this comment is a part of; undefined for a state that is a step itself. */
export function stepOfPart(comment: unknown): string | undefined {
  return isPartOfStep(comment) ? String(comment).slice(PART_OF_STEP.length) : undefined;
}

/** Whether a state is only a part of a step, so that a list of steps leaves it out. */
export function isPartOfStep(comment: unknown): boolean {
  return typeof comment === 'string' && comment.startsWith(PART_OF_STEP);
}
