import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: InvocationContext) => unknown;

/** As much of Lambda's context as a container can state truthfully. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
  /** Aborted when the result is not wanted any more. */
  readonly signal: AbortSignal;
}

/** The longest that a timer can wait: nothing here ends a request early. */
export const UNLIMITED_MS = 2 ** 31 - 1;

/** In the order in which Lambda's runtime looks for them. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/**
 * Loads the handler that CMD names (`index.handler`, `src/app.handler`), as Lambda does: from the task root, a CommonJS or an ES module.
 *
 * @throws Error saying what is missing, and what is there
 */
export async function loadHandler(name: string, root: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  if (dot < 1) throw new Error(`the command must name a handler such as index.handler, got ${JSON.stringify(name)}`);
  const [module, exported] = [name.slice(0, dot), name.slice(dot + 1)];
  const file = EXTENSIONS.map((extension) => join(root, module + extension)).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`handler ${name}: there is no ${module}${EXTENSIONS.join(`, ${module}`)} in ${root}`);
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  // Exports of CommonJS that no analysis sees are all on the default export.
  const handler = loaded[exported] ?? (loaded['default'] as Record<string, unknown> | undefined)?.[exported];
  if (typeof handler !== 'function') throw new Error(`handler ${name}: ${file} exports no function ${exported}`);
  return handler as Handler;
}
