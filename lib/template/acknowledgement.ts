/** A finding that somebody accepts. */
export interface Acknowledgement {
  /** `ServerlessAiChecks::lambda-memory`. */
  readonly id: string;
  /** Construct path or resource at and below which it holds; everywhere when it is empty. */
  readonly at: string;
  readonly reason: string;
}
