import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** Type errors of all samples, compiled together as TypeScript files of the given paths, against this library. */
export function errorsIn(samples: ReadonlyMap<string, string>): string[] {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, ROOT);
  const compilerOptions: ts.CompilerOptions = {
    ...options,
    noEmit: true,
    incremental: false,
    tsBuildInfoFile: undefined,
    declaration: false,
    noUnusedLocals: false,
    paths: {
      'cdk-serverless-ai': [join(ROOT, 'lib', 'index.ts')],
      'cdk-serverless-ai/runtime': [join(ROOT, 'lambda', 'runtime.ts')],
      'cdk-serverless-ai/testing': [join(ROOT, 'lib', 'testing.ts')],
    },
  };
  const host = ts.createCompilerHost(compilerOptions);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (file) => samples.has(file) || fileExists(file);
  host.readFile = (file) => samples.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => {
    const sample = samples.get(file);
    return sample === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, sample, target);
  };
  const program = ts.createProgram([...samples.keys()], compilerOptions, host);
  return [...samples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start }) =>
        `${relative(ROOT, file)}:${(source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}
