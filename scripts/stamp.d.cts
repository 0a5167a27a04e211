export function digestOf(entries: readonly string[]): string;
export function whenChanged(
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  build: () => void | Promise<void>,
): Promise<boolean>;
