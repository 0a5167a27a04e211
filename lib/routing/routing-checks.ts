import { Token } from 'aws-cdk-lib/core';
import type { RouteCondition, RouteRule, RoutingPolicyData } from '../../lambda/contract/routing';

/** Name that the router logs when no rule matched. */
const DEFAULT_RULE = 'default';

const BOUNDS = [
  ['minBytes', 'maxBytes'],
  ['minTokens', 'maxTokens'],
  ['minAttachments', 'maxAttachments'],
  ['minDeadlineMs', 'maxDeadlineMs'],
] as const;

/** What cannot work in a policy, given the targets of its router. */
export function routingProblems({ rules, defaultTarget }: RoutingPolicyData, targetNames: readonly string[]): string[] {
  const known = targetNames.map((name) => JSON.stringify(name)).join(', ') || 'none';
  const problems: string[] = [];
  if (!targetNames.includes(defaultTarget)) {
    problems.push(`policy.defaultTarget must be one of ${known}, got ${JSON.stringify(defaultTarget)}`);
  }
  rules.forEach((rule, index) => {
    const name = `policy rule ${JSON.stringify(rule.name)}`;
    if (rule.name === DEFAULT_RULE) problems.push(`${name} has the name under which the default target is logged; choose another`);
    if (rule.name === '') problems.push(`policy.rules[${index}].name must not be empty`);
    if (rules.findIndex((other) => other.name === rule.name) < index)
      problems.push(`${name} appears twice; give each rule a name of its own`);
    if (!targetNames.includes(rule.target)) problems.push(`${name} must send to one of ${known}, got ${JSON.stringify(rule.target)}`);
    if (rule.when.override !== undefined && !targetNames.includes(rule.when.override)) {
      problems.push(`${name} waits for the override ${JSON.stringify(rule.when.override)}, which is not a target; use one of ${known}`);
    }
    problems.push(...boundProblems(name, rule.when));
    const earlier = rules.slice(0, index).find((other) => covers(other, rule));
    if (earlier !== undefined) {
      problems.push(`${name} is never reached: ${JSON.stringify(earlier.name)} before it takes all that it would; move or drop one`);
    }
  });
  return problems;
}

function boundProblems(name: string, condition: RouteCondition): string[] {
  const problems: string[] = [];
  for (const [low, high] of BOUNDS) {
    for (const bound of [low, high]) {
      const value = condition[bound];
      if (value !== undefined && !Token.isUnresolved(value) && (!Number.isInteger(value) || value < 0)) {
        problems.push(`${name}: ${bound} must be a whole number of at least 0, got ${value}`);
      }
    }
    const [min, max] = [condition[low], condition[high]];
    if (min === undefined || max === undefined || Token.isUnresolved(min) || Token.isUnresolved(max)) continue;
    if (min > max) problems.push(`${name}: ${low} must be at most ${high}, got ${min} and ${max}`);
  }
  return problems;
}

/** Whether every request that the later rule matches is already matched by the earlier one, as far as that is certain. */
function covers(earlier: RouteRule, later: RouteRule): boolean {
  const conditions = Object.entries(earlier.when).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return conditions.every(([key, value]) => impliedBy(key, value, later.when[key as keyof RouteCondition]));
}

function impliedBy(key: string, earlier: unknown, later: unknown): boolean {
  if (later === undefined) return false;
  if (Array.isArray(earlier) && Array.isArray(later)) {
    // Capabilities are all required, tenants are alternatives; an empty list of tenants asks for none in particular.
    if (key === 'tenants') return later.length > 0 && later.every((item) => earlier.includes(item));
    return earlier.every((item) => later.includes(item));
  }
  if (typeof earlier === 'number' && typeof later === 'number' && !Token.isUnresolved(earlier) && !Token.isUnresolved(later)) {
    return key.startsWith('min') ? later >= earlier : later <= earlier;
  }
  return earlier === later;
}
