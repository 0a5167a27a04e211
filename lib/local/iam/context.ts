/** Values of the condition keys of one request; a key that is absent is not in the request. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** Finds a value when a policy asks for it, for keys that cost something to find. */
export type LazyContext = (canonicalKey: string) => string | undefined;

/** Keys are compared without regard to case. */
export class ConditionContext {
  private readonly values = new Map<string, readonly string[]>();

  constructor(
    contexts: readonly RequestContext[],
    private readonly lazy?: LazyContext,
  ) {
    for (const context of contexts) {
      for (const [key, value] of Object.entries(context)) this.values.set(canonical(key), typeof value === 'string' ? [value] : value);
    }
  }

  /** Undefined when the request has no such key. */
  get(key: string): readonly string[] | undefined {
    const known = this.values.get(canonical(key));
    if (known !== undefined) return known;
    const found = this.lazy?.(canonical(key));
    return found === undefined ? undefined : [found];
  }
}

export function canonical(key: string): string {
  return key.toLowerCase();
}
