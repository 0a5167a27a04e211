import type { ContainerImage } from './container-image';
import type { ImageUse } from './image-check';
import { absolute } from './image-path';
import { imageReference } from './image-reference';

/** The handler that a runtime interface client is told to load. */
export interface HandlerName {
  /** As written: `app.handler`. */
  readonly text: string;
  readonly function: string;
  /** Files of the image that may hold it, likeliest first. */
  readonly files: readonly string[];
}

type Language = 'python' | 'nodejs';

const ENDINGS: Readonly<Record<Language, readonly string[]>> = {
  python: ['.py', '/__init__.py'],
  nodejs: ['.js', '.mjs', '.cjs', '/index.js', '/index.mjs', '/index.cjs', ''],
};

/** Undefined where the image starts a program of its own, or one in a language whose handlers are no single files. */
export function handlerOf(image: ContainerImage, use: ImageUse): HandlerName | undefined {
  const { stage } = image;
  const language = languageOf(image, use);
  if (stage === undefined || language === undefined) return undefined;
  const command = use.command ?? stage.command ?? [];
  const [text] = command;
  const [, path = '', name = ''] = (text !== undefined && command.length === 1 && HANDLER[language].exec(text)) || [];
  if (text === undefined || name === '') return undefined;
  const module = language === 'python' ? path.replaceAll('.', '/') : path;
  const root = stage.environment['LAMBDA_TASK_ROOT'];
  const roots = [...new Set([...(root === undefined ? [] : [root]), stage.workdir, ...searchPath(stage.environment)])];
  return { text, function: name, files: roots.flatMap((each) => ENDINGS[language].map((ending) => absolute(`${module}${ending}`, each))) };
}

/** Python splits at the last dot, Node at the first one after the directory and takes what follows as nested names. */
const HANDLER: Readonly<Record<Language, RegExp>> = {
  python: /^([\w./-]+)\.([A-Za-z_]\w*)$/,
  nodejs: /^((?:[^\s]*\/)?[\w-]+)\.([A-Za-z_$][\w$]*)(?:\.[\w$.]+)?$/,
};

function languageOf(image: ContainerImage, use: ImageUse): Language | undefined {
  const entrypoint = (use.entrypoint ?? image.stage?.entrypoint)?.join(' ');
  if (entrypoint !== undefined) {
    if (/\bawslambdaric\b/.test(entrypoint)) return 'python';
    return /\baws-lambda-ric\b/.test(entrypoint) ? 'nodejs' : undefined;
  }
  const { repository } = imageReference(image.base?.image ?? '');
  if (!image.isOnLambdaBase) return undefined;
  return (['python', 'nodejs'] as const).find((language) => repository.endsWith(`/${language}`));
}

function searchPath(environment: Readonly<Record<string, string>>): readonly string[] {
  return [environment['PYTHONPATH'], environment['NODE_PATH']].flatMap(
    (path) => path?.split(':').filter((each) => each.startsWith('/')) ?? [],
  );
}
