/** What a model may be asked for in a minute, as the account's quota page says. No template holds it. */
export interface ModelQuota {
  /** Model or inference profile id, as the function's environment or grants name it. */
  readonly modelId: string;
  /** Input and output tokens in a minute, together. */
  readonly tokensPerMinute?: number;
  /** @default - not checked */
  readonly requestsPerMinute?: number;
  /** Input tokens of one request. @default - asked for */
  readonly inputTokens?: number;
  /** Largest answer that a request asks for (max tokens); the service reserves it when the request starts. */
  readonly maxTokens?: number;
  /** Time that one request takes, in seconds. @default 10 */
  readonly requestSeconds?: number;
}

/** What the checks cannot see in a template. */
export interface CheckOptions {
  /** @default - no model is checked against a quota */
  readonly modelQuotas?: ModelQuota[];
  /** Concurrent executions of the account in the region. @default - the service's default quota */
  readonly accountConcurrency?: number;
  /** ISO date on which runtimes are judged. @default - today */
  readonly today?: string;
}
