/** What a value of a profile may be. `max` is where a value stops being believable, far above what anything can run. */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly max: number; readonly whole: boolean; readonly positive: boolean }
  | { readonly kind: 'duration'; readonly positive: boolean }
  | { readonly kind: 'size'; readonly positive: boolean }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'timeRange' }
  | { readonly kind: 'object'; readonly fields: Fields }
  | { readonly kind: 'list'; readonly fields: Fields };

export interface Field {
  readonly shape: Shape;
  readonly about: string;
  readonly required: boolean;
}

export type Fields = Readonly<Record<string, Field>>;
