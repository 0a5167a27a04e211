import type { Duration, Size } from 'aws-cdk-lib/core';
import { mib, seconds } from './measures';
import { count } from './rounding';
import type { Field, Service } from './service';

/** More than any account uses of anything in a month: a slip of the unit. */
export const ABSURD = 1e18;

function rangeProblem(label: string, value: number, unit: string, { min = 0, max = ABSURD }: { min?: number; max?: number }): string[] {
  if (Number.isFinite(value) && value >= min && value <= max) return [];
  if (value > ABSURD) return [`${label} is more than any account uses in a month, got ${value}`];
  const range = max === ABSURD ? `at least ${count(min)}` : `${count(min)} to ${count(max)}`;
  return [`${label} must be ${range}${unit}, got ${Number.isFinite(value) ? count(value) : String(value)}`];
}

function fieldProblems(label: string, field: Field, value: unknown): string[] {
  switch (field.kind) {
    case 'number':
      if (typeof value !== 'number') return [`${label} must be a number, got ${JSON.stringify(value)}`];
      if (field.integer && !Number.isInteger(value)) return [`${label} must be a whole number, got ${value}`];
      return rangeProblem(label, value, '', field);
    case 'duration':
      return rangeProblem(label, seconds(value as Duration), ' s', field);
    case 'size':
      return rangeProblem(label, mib(value as Size), ' MB', field);
    case 'flag':
      return typeof value === 'boolean' ? [] : [`${label} must be true or false, got ${JSON.stringify(value)}`];
    case 'text':
      return typeof value === 'string' ? [] : [`${label} must be a text, got ${JSON.stringify(value)}`];
    case 'choice':
      return field.values.includes(value as string)
        ? []
        : [`${label} must be one of ${field.values.join(', ')}, got ${JSON.stringify(value)}`];
  }
}

/** What of a usage cannot be: numbers out of range, facts without which there is no price, and facts that exclude each other. */
export function usageProblems<U extends object>(service: Service<U>, usage: U): string[] {
  const problems = Object.entries<Field>(service.fields).flatMap(([key, field]) => {
    const value = (usage as Readonly<Record<string, unknown>>)[key];
    const label = `${service.name}.${key}`;
    if (value === undefined) return field.required ? [`${label} is missing`] : [];
    return fieldProblems(label, field, value);
  });
  return problems.length > 0 ? problems : (service.problems?.(usage) ?? []);
}
