/** How a function is packed. */
export enum Packaging {
  ZIP = 'zip',
  IMAGE = 'image',
}

/**
 * Average Init Duration of a hello-world function on x86_64 without SnapStart, ten starts each, in milliseconds. Loading the package
 * and starting the microVM are not in it, and neither is any code of the user.
 */
export const COLD_STARTS = {
  source: 'https://github.com/maxday/lambda-perf',
  checkedOn: '2026-08-22',
  milliseconds: {
    python: { [Packaging.ZIP]: 101.6, [Packaging.IMAGE]: 228.1 },
    nodejs: { [Packaging.ZIP]: 135.2, [Packaging.IMAGE]: 295.1 },
    java: { [Packaging.ZIP]: 192.7, [Packaging.IMAGE]: 250.6 },
    dotnet: { [Packaging.ZIP]: 246.8, [Packaging.IMAGE]: 394.5 },
    ruby: { [Packaging.ZIP]: 252, [Packaging.IMAGE]: 282.1 },
    go: { [Packaging.ZIP]: 48.6, [Packaging.IMAGE]: 50 },
    rust: { [Packaging.ZIP]: 18.2, [Packaging.IMAGE]: 36.9 },
  } as Readonly<Record<string, Readonly<Record<Packaging, number>>>>,
} as const;

/** Runtimes that most agents are written for. */
const USUAL = 'python';

/** Of the language, or of the usual one where none is told or it was not measured. */
export function coldStartSeconds(packaging: Packaging, language: string = USUAL): number {
  const key = Object.keys(COLD_STARTS.milliseconds).find((name) => language.toLowerCase().startsWith(name)) ?? USUAL;
  return COLD_STARTS.milliseconds[key]![packaging] / 1_000;
}
