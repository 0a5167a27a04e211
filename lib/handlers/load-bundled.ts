import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './handler-asset';

/** Loads an engine that was bundled when this package was built; nothing of it is loaded before first use. */
export function loadBundled<T>(name: string): T {
  const file = join(PACKAGE_ROOT, 'dist', 'local', `${name}.cjs`);
  if (!existsSync(file))
    throw new Error(`local engine ${name} is not built, expected ${file}; run "node scripts/build-local-services.cjs"`);
  return require(file) as T;
}
