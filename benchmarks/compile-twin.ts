import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, '.cache', 'benchmarks');
const TWIN = join('benchmarks', 'reference-twin');

/** Compiles the twin with the compiler and the options of the library, so that both run as the same kind of JavaScript; answers its file. */
export function compileTwin(): string {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const sources = readdirSync(join(ROOT, TWIN)).map((name) => join(TWIN, name));
  for (const source of [...sources, join('lambda', 'contract', 'errors.ts')]) {
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, source), 'utf8'), {
      compilerOptions: { ...options, module: ts.ModuleKind.CommonJS, incremental: false, tsBuildInfoFile: undefined },
      fileName: source,
    });
    const target = join(OUT, source.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  return join(OUT, TWIN, 'reference-twin-stack.js');
}
