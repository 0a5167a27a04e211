import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { whenChanged } from './stamp.cjs';

const root = join(__dirname, '..');

/** The Python package that handlers and generated images use, as it is: it has no dependencies. */
export async function buildPython(): Promise<void> {
  const rebuilt = await whenChanged(
    'python',
    ['python', 'scripts/build-python.ts'],
    ['dist/python/serverless_ai/__init__.py'],
    async () => {
      rmSync(join(root, 'dist', 'python'), { recursive: true, force: true });
      cpSync(join(root, 'python'), join(root, 'dist', 'python'), { recursive: true, filter: (path) => basename(path) !== '__pycache__' });
    },
  );
  console.log(`python${rebuilt ? '' : '  unchanged'}`);
}
