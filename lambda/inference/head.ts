import { classifyByLabel, type LabelledHead, type LabelledResult, UNKNOWN_LABEL, undecidedAmong } from './labelled-head';
import { classify, type Sentiment, type SentimentHead, UNDECIDED } from './sentiment';

/** What turns an embedding into an answer: the sentiment head that ships, or one with labels of its own. */
export type Head = SentimentHead | LabelledHead;

/** Numbers in an embedding of the encoder. */
export const EMBEDDING_WIDTH = 512;

export type Judgement = Sentiment | LabelledResult;

export function judge(embedding: ArrayLike<number>, head: Head): Judgement {
  return 'labels' in head ? classifyByLabel(embedding, head) : classify(embedding, head);
}

/** The answer for a text of which nothing was understood. */
export function undecided(head: Head): Judgement {
  return 'labels' in head ? undecidedAmong(head) : UNDECIDED;
}

/**
 * Reads a head and checks that it fits the encoder, so that a wrong file is known when it is loaded and not at the first text.
 * @throws Error that says what is wrong with the head
 */
export function parseHead(content: string): Head {
  const head = JSON.parse(content) as Partial<Record<'labels' | 'weights' | 'bias', unknown>> | null;
  if (typeof head !== 'object' || head === null) throw new Error('the head must be an object with weights and bias');
  if (head.labels === undefined) {
    checkRow(head.weights, 'weights');
    if (!isNumber(head.bias)) throw new Error('the bias of a head without labels must be a number');
    return head as SentimentHead;
  }
  const labels = checkLabels(head.labels);
  const { weights, bias } = head;
  if (!Array.isArray(weights) || weights.length !== labels.length) {
    throw new Error(`the head must have one row of weights for each of its ${labels.length} labels, got ${countOf(weights)}`);
  }
  if (!Array.isArray(bias) || bias.length !== labels.length || !bias.every(isNumber)) {
    throw new Error(`the head must have one bias for each of its ${labels.length} labels, got ${countOf(bias)}`);
  }
  weights.forEach((row, index) => {
    checkRow(row, `weights[${index}]`);
  });
  return head as unknown as LabelledHead;
}

function checkLabels(labels: unknown): readonly string[] {
  if (!Array.isArray(labels) || labels.length < 2 || !labels.every((label) => typeof label === 'string' && label.trim() !== '')) {
    throw new Error('the labels of a head must be two or more names');
  }
  if (new Set(labels).size !== labels.length) throw new Error(`the labels of a head must differ, got ${labels.join(', ')}`);
  if (labels.includes(UNKNOWN_LABEL))
    throw new Error(`the label ${UNKNOWN_LABEL} is kept for texts that are not understood; choose another`);
  return labels as string[];
}

function checkRow(row: unknown, name: string): void {
  if (!Array.isArray(row) || row.length !== EMBEDDING_WIDTH || !row.every(isNumber)) {
    throw new Error(`${name} of the head must be ${EMBEDDING_WIDTH} numbers, one for each of an embedding, got ${countOf(row)}`);
  }
}

function countOf(value: unknown): string {
  return Array.isArray(value) ? String(value.length) : 'none';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
