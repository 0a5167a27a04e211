import type { RequestFeatures, RouteCondition, RoutingPolicyData } from '../contract/routing';

export interface Decision {
  readonly target: string;
  /** Name of the rule that decided, or `default`. */
  readonly rule: string;
  /** What of the request met the rule's bounds, for the log. */
  readonly reason: string;
}

export const DEFAULT_RULE = 'default';

/** First match wins. Pure: the same policy and features always give the same decision. */
export function decide(policy: RoutingPolicyData, features: RequestFeatures): Decision {
  for (const rule of policy.rules) {
    if (holds(rule.when, features)) return { target: rule.target, rule: rule.name, reason: reasonOf(rule.when, features) };
  }
  return { target: policy.defaultTarget, rule: DEFAULT_RULE, reason: 'no rule matched' };
}

/** Targets that a caller may name: those that some rule waits for. */
export function overridesOf(policy: RoutingPolicyData): string[] {
  return [...new Set(policy.rules.flatMap((rule) => rule.when.override ?? []))];
}

function holds(when: RouteCondition, features: RequestFeatures): boolean {
  // A caller without a deadline can wait for ever.
  const deadlineMs = features.deadlineMs ?? Number.POSITIVE_INFINITY;
  return (
    within(features.bytes, when.minBytes, when.maxBytes) &&
    within(features.estimatedTokens, when.minTokens, when.maxTokens) &&
    within(features.attachments, when.minAttachments, when.maxAttachments) &&
    within(deadlineMs, when.minDeadlineMs, when.maxDeadlineMs) &&
    (when.override === undefined || when.override === features.override) &&
    (when.capabilities ?? []).every((capability) => features.capabilities.includes(capability)) &&
    (!when.tenants?.length || (features.tenant !== undefined && when.tenants.includes(features.tenant)))
  );
}

/** Bounds are included. */
function within(value: number, min: number | undefined, max: number | undefined): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function reasonOf(when: RouteCondition, features: RequestFeatures): string {
  const facts: string[] = [];
  const bound = (name: string, value: unknown, ...bounds: unknown[]) => {
    if (bounds.some((stated) => stated !== undefined)) facts.push(`${name} ${value}`);
  };
  bound('bytes', features.bytes, when.minBytes, when.maxBytes);
  bound('tokens', features.estimatedTokens, when.minTokens, when.maxTokens);
  bound('attachments', features.attachments, when.minAttachments, when.maxAttachments);
  bound('deadline', features.deadlineMs === undefined ? 'none' : `${features.deadlineMs} ms`, when.minDeadlineMs, when.maxDeadlineMs);
  bound('override', features.override, when.override);
  if (when.capabilities?.length) facts.push(`capabilities ${when.capabilities.join('+')}`);
  if (when.tenants?.length) facts.push(`tenant ${features.tenant}`);
  return facts.join(', ') || 'takes every request';
}
