import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageLanguage } from './generated-dockerfile';

const EXTENSIONS: Readonly<Record<ImageLanguage, readonly string[]>> = { nodejs: ['.js', '.mjs', '.cjs'], python: ['.py'] };

/** `src/app.handler` -> file `src/app`, name `handler`; undefined for what is no handler. */
export function handlerParts(handler: string): { readonly file: string; readonly name: string } | undefined {
  const [, file, name] = /^((?:[\w-]+\/)*[\w-]+)\.([A-Za-z_$][\w$]*)$/.exec(handler) ?? [];
  return file === undefined || name === undefined ? undefined : { file, name };
}

export function fileOfHandler(directory: string, file: string, language: ImageLanguage): string | undefined {
  return EXTENSIONS[language].map((extension) => join(directory, file + extension)).find((candidate) => existsSync(candidate));
}

/** Whether a module offers a name, as far as its text tells; where it hands on another module's exports, it may. */
export function exportsName(file: string, name: string, language: ImageLanguage): boolean {
  const text = readFileSync(file, 'utf8');
  return language === 'python' ? pythonDefines(text, name) : scriptExports(text, name);
}

function scriptExports(text: string, name: string): boolean {
  const own = name.replaceAll('$', '\\$');
  const plain = [
    `\\bexports\\s*\\.\\s*${own}\\b`,
    `\\bexports\\s*\\[\\s*['"]${own}['"]`,
    `\\bexports\\s*,\\s*['"]${own}['"]`,
    `\\bexport\\s+(?:declare\\s+)?(?:async\\s+)?(?:const|let|var|function\\s*\\*?|class)\\s+${own}\\b`,
    `\\bexport\\s*(?:type\\s*)?\\{[^}]*\\b${own}\\b[^}]*\\}`,
    `\\bexport\\s+(?:const|let|var)\\s*\\{[^}]*\\b${own}\\b`,
    '\\bexport\\s*\\*',
    // Anything but a literal may hold it.
    '\\bmodule\\s*\\.\\s*exports\\s*=\\s*[^{\\s=]',
    '\\bObject\\s*\\.\\s*assign\\s*\\(\\s*(?:module\\s*\\.\\s*)?exports\\b',
  ];
  if (plain.some((pattern) => new RegExp(pattern).test(text))) return true;
  return (
    /\bmodule\s*\.\s*exports\s*=\s*\{/.test(text) && (new RegExp(`\\b${own}\\b`).test(text) || /\bexports\s*=\s*\{[^}]*\.\.\./.test(text))
  );
}

function pythonDefines(text: string, name: string): boolean {
  const patterns = [
    `^(?:async[ \\t]+)?def[ \\t]+${name}\\b`,
    `^(?:[\\w, \\t]+=[ \\t]*)*${name}\\b[ \\t]*(?::[^=\\n]+)?=`,
    `^class[ \\t]+${name}\\b`,
    `^[ \\t]*(?:from[ \\t]+\\S+[ \\t]+)?import\\b[^#\\n]*\\b${name}\\b`,
    `^[ \\t]*from[ \\t]+\\S+[ \\t]+import[ \\t]*\\*`,
    `^[ \\t]*from[ \\t]+\\S+[ \\t]+import[ \\t]*\\([^)]*\\b${name}\\b`,
    // Inside a condition of the module it may be defined too.
    `^[ \\t]+(?:async[ \\t]+)?def[ \\t]+${name}\\b`,
  ];
  return patterns.some((pattern) => new RegExp(pattern, 'm').test(text));
}
