export interface BuiltBundle {
  readonly name: string;
  readonly bytes: number;
  readonly rebuilt: boolean;
}

/** Bundles the engines of the local run into dist/local; unchanged ones are not rebuilt. */
export function buildLocalServices(options?: { readonly quiet?: boolean }): Promise<BuiltBundle[]>;
