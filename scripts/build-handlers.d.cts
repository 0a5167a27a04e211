export interface BuiltHandler {
  readonly name: string;
  readonly bytes: number;
  /** Every bundled file, relative to the root. */
  readonly inputs: readonly string[];
  readonly rebuilt: boolean;
}

/** Bundles every lambda handler into dist/handlers; unchanged ones are not rebuilt. */
export function buildHandlers(options?: { readonly quiet?: boolean }): Promise<BuiltHandler[]>;
