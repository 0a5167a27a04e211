/** Tokens of a text, estimated: models count about four characters of English to a token. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
