import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Token } from 'aws-cdk-lib/core';
import { CHAT_MEMORY_DEFAULTS } from '../../lambda/contract/chat-memory';
import { Env } from '../../lambda/contract/env';
import { type Findings, seconds } from '../validation/check-quota';
import type { ChatMemoryOptions } from './chat-memory-interface';

/** How long and how much is remembered, as every kind of memory hands it to the runtime. */
export interface HistoryBounds {
  readonly ttlSeconds: number;
  readonly maxTokens: number;
}

export function historyBounds(options: ChatMemoryOptions): HistoryBounds {
  return {
    ttlSeconds: options.ttl?.toSeconds() ?? CHAT_MEMORY_DEFAULTS.ttlSeconds,
    maxTokens: options.maxTokens ?? CHAT_MEMORY_DEFAULTS.maxTokens,
  };
}

export function checkHistoryBounds(findings: Findings, options: ChatMemoryOptions): void {
  const ttl = seconds(options.ttl);
  if (ttl !== undefined && (ttl < 1 || !Number.isInteger(ttl))) {
    findings.problems.push(`ttl must be a whole number of seconds, at least 1 s, got ${ttl} s`);
  }
  const { maxTokens } = options;
  if (maxTokens !== undefined && !Token.isUnresolved(maxTokens) && (maxTokens < 1 || !Number.isInteger(maxTokens))) {
    findings.problems.push(
      `maxTokens must be a whole number of at least 1, got ${maxTokens}; leave it out for ${CHAT_MEMORY_DEFAULTS.maxTokens}`,
    );
  }
}

/** The variables that say which memory it is and how long it remembers. */
export function addHistoryVariables(fn: lambda.Function, kind: string, bounds: HistoryBounds): void {
  fn.addEnvironment(Env.chatMemoryKind, kind);
  fn.addEnvironment(Env.chatMemoryTtlSeconds, String(bounds.ttlSeconds));
  fn.addEnvironment(Env.chatMemoryMaxTokens, String(bounds.maxTokens));
}
