import type { DraftLine, UsageContext } from './draft-line';

interface FieldRule {
  /** A usage without it cannot be priced. @default false */
  readonly required?: boolean;
  /** Least and most: of a duration in seconds, of a size in MiB. @default 0 and what no bill has */
  readonly min?: number;
  readonly max?: number;
}

/** What a field of a usage holds, for its check and for reading it from a file. */
export type Field =
  | ({ readonly kind: 'number'; readonly integer?: boolean } & FieldRule)
  | ({ readonly kind: 'duration' | 'size' } & FieldRule)
  | { readonly kind: 'flag' | 'text'; readonly required?: boolean }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly required?: boolean };

export type Fields<U> = { readonly [name in keyof Required<U>]: Field };

/** How one service bills: which facts a usage states, and the lines that come of them. */
export interface Service<U> {
  /** As in a usage file: `lambda`. */
  readonly name: string;
  readonly fields: Fields<U>;
  /** What fields cannot be together. */
  problems?(usage: U): string[];
  lines(usage: U, context: UsageContext): DraftLine[];
}

type Rule = Omit<Extract<Field, { kind: 'number' }>, 'kind'>;
type MeasureRule = Omit<Extract<Field, { kind: 'duration' | 'size' }>, 'kind'>;

export const number = (rule: Rule = {}): Field => ({ kind: 'number', ...rule });
export const share = (rule: Rule = {}): Field => ({ kind: 'number', min: 0, max: 1, ...rule });
export const duration = (rule: MeasureRule = {}): Field => ({ kind: 'duration', ...rule });
export const size = (rule: MeasureRule = {}): Field => ({ kind: 'size', ...rule });
export const flag = (): Field => ({ kind: 'flag' });
export const text = (required = false): Field => ({ kind: 'text', required });
export const choice = (values: readonly string[], required = false): Field => ({ kind: 'choice', values, required });

export const REQUIRED = { required: true } as const;
