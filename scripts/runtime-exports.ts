import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of lambda/runtime.ts: a file below lambda/runtime and what users import from it. */
export interface RuntimeFile {
  /** Without extension: `model/converse`. */
  readonly file: string;
  /** Name of the built module: `converse`. */
  readonly module: string;
  readonly values: readonly string[];
}

/** What `cdk-serverless-ai/runtime` exports, as lambda/runtime.ts says; types vanish. */
export function runtimeFiles(root: string): RuntimeFile[] {
  const entry = readFileSync(join(root, 'lambda', 'runtime.ts'), 'utf8');
  const lines = [...entry.matchAll(/export \{([^}]*)\} from '\.\/runtime\/([^']+)';/g)];
  const files = lines.map(([, names = '', file = '']) => ({
    file,
    module: file.split('/').at(-1) ?? file,
    values: names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
  }));
  const twice = files.find(({ module }, index) => files.findIndex((other) => other.module === module) !== index);
  if (twice !== undefined) throw new Error(`two files of lambda/runtime.ts are called ${twice.module}; each needs a name of its own`);
  return files.filter(({ values }) => values.length > 0);
}
