import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../handlers/handler-asset';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** The page's files lie beside this file in the source tree, and in dist in the package. */
const FOLDERS = [join(PACKAGE_ROOT, 'lib', 'local', 'console', 'page'), join(PACKAGE_ROOT, 'dist', 'local', 'console')];

/** A file of the page and its type; undefined for what is none. */
export function pageFile(path: string): { readonly body: Buffer; readonly type: string } | undefined {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const [, extension = ''] = /^[a-z-]+(\.[a-z]+)$/.exec(name) ?? [];
  const type = TYPES[extension];
  const file = FOLDERS.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
  return type === undefined || file === undefined ? undefined : { body: readFileSync(file), type };
}
