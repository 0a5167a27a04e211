import { type ChatModel, type ConverseRequest, type ModelPiece, textOf } from './converse';
import { attached, type Reading, read, type SourceDocument } from './documents';
import { LexicalScorer } from './lexical-scorer';
import { splitQuestions } from './question';
import type { Scorer } from './scorer';
import { type Sentence, sentencesOf } from './sentences';
import { summarise } from './summary';
import { estimateTokens } from './token-estimate';

export const NO_ANSWER = 'The documents do not answer this.';

const MAX_SENTENCES = 6;
/** A sentence this far below the best one adds nothing to it. */
const NEAR_THE_BEST = 0.85;
const ABOUT =
  'I am the local model of cdk-serverless-ai. I quote the sentences of given documents that answer a question, and summarise documents by their own sentences; I write nothing of my own and call no other model.';

/** Answers by quoting the request's own documents. It knows nothing else, and says so. */
export class ExtractiveModel implements ChatModel {
  readonly notice = 'the local model answers: it quotes sentences of the given documents and writes nothing of its own';

  constructor(private readonly scorer: Scorer = new LexicalScorer()) {}

  async *converse(request: ConverseRequest): AsyncGenerator<ModelPiece> {
    const input = [...request.system, ...request.messages.flatMap(({ content }) => content)];
    const inputTokens = estimateTokens([textOf(input), ...attached(input).map(({ text }) => text)].join('\n'));
    const limit = request.maxTokens ?? Number.POSITIVE_INFINITY;
    let said = '';
    let stopReason: 'end_turn' | 'max_tokens' | 'stop_sequence' = 'end_turn';
    for (const piece of await this.answer(read(request))) {
      const stop = request.stopSequences.map((sequence) => (said + piece).indexOf(sequence)).filter((at) => at >= 0);
      const allowed = stop.length > 0 ? piece.slice(0, Math.max(0, Math.min(...stop) - said.length)) : piece;
      const fits = estimateTokens(said + allowed) <= limit ? allowed : allowed.slice(0, Math.max(0, limit * 4 - said.length));
      if (fits !== '') yield { type: 'text', text: fits };
      said += fits;
      if (fits.length < allowed.length) stopReason = 'max_tokens';
      else if (stop.length > 0) stopReason = 'stop_sequence';
      if (stopReason !== 'end_turn') break;
    }
    const notes = { model: 'local extractive model', method: this.scorer.description, tokenCounts: 'estimated, four characters a token' };
    yield { type: 'end', stopReason, usage: { inputTokens, outputTokens: estimateTokens(said) }, notes };
  }

  private async answer({ question, documents, earlier }: Reading): Promise<string[]> {
    if (documents.length === 0) return this.chat(question, earlier);
    if (isSummaryRequest(question)) return cite(summarise(documents, question));
    const { found, unanswered } = await this.find(question, documents);
    if (found.length === 0) return [NO_ANSWER];
    const rest = unanswered.length > 0 ? ['', `The documents do not answer: ${unanswered.join(' ')}`] : [];
    return lines([...found.map(cited), ...rest]);
  }

  private async find(question: string, documents: readonly SourceDocument[]): Promise<{ found: Sentence[]; unanswered: string[] }> {
    const sentences = sentencesOf(documents);
    const found = new Map<string, Sentence>();
    const unanswered: string[] = [];
    for (const part of splitQuestions(question)) {
      const scores = await this.scorer.rank(part, sentences);
      const best = Math.max(0, ...scores);
      if (best < this.scorer.threshold) {
        unanswered.push(part);
        continue;
      }
      const bar = Math.max(this.scorer.threshold, best * NEAR_THE_BEST);
      const order = sentences
        .map((_, index) => index)
        .filter((index) => scores[index]! >= bar)
        .sort((left, right) => scores[right]! - scores[left]! || left - right);
      // The same words in two passages are one sentence.
      for (const index of order.slice(0, MAX_SENTENCES))
        found.set(sentences[index]!.text, found.get(sentences[index]!.text) ?? sentences[index]!);
    }
    return { found: [...found.values()], unanswered };
  }

  /** Without documents there is only the conversation to quote from. */
  private async chat(question: string, earlier: readonly string[]): Promise<string[]> {
    const conversation = earlier.length > 0 ? await this.find(question, [{ name: 'earlier', text: earlier.join('\n\n') }]) : undefined;
    const quoted = conversation?.found.map(({ text }) => `"${text}"`) ?? [];
    const extract = question.length > 200 ? `${question.slice(0, 200).trimEnd()}…` : question;
    return lines([
      ABOUT,
      quoted.length > 0 ? `Earlier you said: ${quoted.join(' ')}` : `No documents came with this request. You said: "${extract}"`,
    ]);
  }
}

function isSummaryRequest(question: string): boolean {
  return /\b(?:summar(?:y|i[sz]e|ies)|overview|key points?|main points?|tl;?dr|gist)\b/i.test(question);
}

function cited({ text, source }: Sentence): string {
  return `${text} [${source}]`;
}

function cite(sentences: readonly Sentence[]): string[] {
  return sentences.length === 0 ? [NO_ANSWER] : lines(sentences.map(cited));
}

/** Pieces that join to one text, a line each. */
function lines(texts: readonly string[]): string[] {
  return texts.map((text, index) => (index === 0 ? text : `\n${text}`));
}
