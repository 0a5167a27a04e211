import { isKnownKey } from './condition-keys';
import type { ConditionContext } from './context';
import { inRange } from './ip-range';
import type { Condition } from './policy';
import { PolicyError } from './policy-error';
import { substituted } from './variables';
import { matchesArn, matchesText } from './wildcard';

type Test = (pattern: string, value: string) => boolean;

const exact: Test = (pattern, value) => matchesText(withoutWildcards(pattern), value);
const ignoringCase: Test = (pattern, value) => matchesText(withoutWildcards(pattern), value, { ignoreCase: true });

/** In operators without wildcards a star is a star. */
function withoutWildcards(pattern: string): string {
  return pattern.replace(
    /(\uE000[^\uE000]*\uE000)|([*?])/g,
    (_whole, kept: string | undefined, wild: string) => kept ?? `\uE000${wild}\uE000`,
  );
}

function numeric(compare: (value: number, limit: number) => boolean): Test {
  return (pattern, value) => {
    const [limit, number] = [Number(bare(pattern)), Number(value)];
    if (bare(pattern).trim() === '' || Number.isNaN(limit)) throw new PolicyError(`"${bare(pattern)}" is no number`);
    return value.trim() !== '' && !Number.isNaN(number) && compare(number, limit);
  };
}

function dated(compare: (value: number, limit: number) => boolean): Test {
  return (pattern, value) => compare(timeOf(value), timeOf(bare(pattern)));
}

/** ISO 8601 or epoch seconds. */
function timeOf(text: string): number {
  const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time)) throw new PolicyError(`"${text}" is no date`);
  return time;
}

function bare(pattern: string): string {
  return pattern.replaceAll('\uE000', '');
}

interface Operator {
  readonly test: Test;
  readonly negated?: boolean;
}

const like: Test = (pattern, value) => matchesText(pattern, value);
const bool: Test = (pattern, value) => bare(pattern).toLowerCase() === value.toLowerCase();

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { test: exact },
  StringNotEquals: { test: exact, negated: true },
  StringEqualsIgnoreCase: { test: ignoringCase },
  StringNotEqualsIgnoreCase: { test: ignoringCase, negated: true },
  StringLike: { test: like },
  StringNotLike: { test: like, negated: true },
  NumericEquals: { test: numeric((value, limit) => value === limit) },
  NumericNotEquals: { test: numeric((value, limit) => value === limit), negated: true },
  NumericLessThan: { test: numeric((value, limit) => value < limit) },
  NumericLessThanEquals: { test: numeric((value, limit) => value <= limit) },
  NumericGreaterThan: { test: numeric((value, limit) => value > limit) },
  NumericGreaterThanEquals: { test: numeric((value, limit) => value >= limit) },
  DateEquals: { test: dated((value, limit) => value === limit) },
  DateNotEquals: { test: dated((value, limit) => value === limit), negated: true },
  DateLessThan: { test: dated((value, limit) => value < limit) },
  DateLessThanEquals: { test: dated((value, limit) => value <= limit) },
  DateGreaterThan: { test: dated((value, limit) => value > limit) },
  DateGreaterThanEquals: { test: dated((value, limit) => value >= limit) },
  Bool: { test: bool },
  BinaryEquals: { test: (pattern, value) => bare(pattern) === value },
  IpAddress: { test: (pattern, value) => inRange(bare(pattern), value) },
  NotIpAddress: { test: (pattern, value) => inRange(bare(pattern), value), negated: true },
  // With ARNs the two names of each operator mean the same.
  ArnEquals: { test: matchesArn },
  ArnLike: { test: matchesArn },
  ArnNotEquals: { test: matchesArn, negated: true },
  ArnNotLike: { test: matchesArn, negated: true },
};

interface Parsed extends Operator {
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  readonly isNull: boolean;
}

function parse(operator: string): Parsed {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null' && set === undefined && ifExists === undefined) return { test: bool, ifExists: false, isNull: true };
  const known = OPERATORS[name];
  if (known === undefined) {
    throw new PolicyError(`condition operator ${operator} is not known; IAM has ${Object.keys(OPERATORS).join(', ')} and Null`);
  }
  return { ...known, ifExists: ifExists !== undefined, isNull: false, ...(set && { set: set as Parsed['set'] }) };
}

/** Whether one line of a Condition block holds. @throws PolicyError for an operator or a key that the local run cannot evaluate */
export function conditionMatches({ operator, key, values }: Condition, context: ConditionContext, variables: boolean): boolean {
  const parsed = parse(operator);
  if (!isKnownKey(key)) throw new PolicyError(`condition key ${key} is not known to the local run, so what it decides cannot be said`);
  const present = context.get(key);
  if (parsed.isNull) return values.some((value) => (value.toLowerCase() === 'true') === (present === undefined));
  if (parsed.set === 'ForAllValues') {
    // Without a value there is none that fails.
    return (present ?? []).every((value) => holds(parsed, values, value, context, variables));
  }
  if (present === undefined || present.length === 0) {
    if (parsed.ifExists) return true;
    // A value that is not there is not equal to any; only ForAnyValue wants one that is.
    return parsed.set === undefined && parsed.negated === true;
  }
  return present.some((value) => holds(parsed, values, value, context, variables));
}

function holds(parsed: Parsed, patterns: readonly string[], value: string, context: ConditionContext, variables: boolean): boolean {
  const found = patterns.some((pattern) => {
    const text = variables ? substituted(pattern, context) : pattern;
    return text !== undefined && parsed.test(text, value);
  });
  return parsed.negated === true ? !found : found;
}
