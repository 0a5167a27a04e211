import { type ContainerImage, commandsOf, textOf } from '../container-image';
import { type HandlerName, handlerOf } from '../handler-name';
import type { ImageCheck, ImageUse } from '../image-check';
import { isWithin } from '../image-path';

/** Commands that make no files of a handler: they install packages of others, or change what is there. */
const MAKES_NOTHING =
  /^(--mount\S+ )*(sudo )?((pip3?|uv pip|python3? -m pip) (install|uninstall|cache)|npm (ci|i|install|prune|cache)|pnpm (i|install)|yarn( install|$)|corepack|apt-get|apt|dnf|microdnf|yum|apk|rm|mkdir|chmod|chown|echo|true|set|export|useradd|groupadd|adduser|addgroup|cd|find|ldconfig)\b/;
/** Installs the project itself, wherever its build puts it. */
const OWN_PROJECT = /\binstall\b.*\s(\.|-e)(\s|$|\/)/;

export const IMAGE_HANDLER: ImageCheck = {
  id: 'image-handler',
  title: 'CMD that names a handler which is not in the image',
  why: 'Every environment ends its start with Runtime.ImportModuleError or Runtime.HandlerNotFound.',
  severity: 'error',
  fix: 'name file and function as they are, file.function, and COPY the file to /var/task',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/python-image.html',
  *judge(image, use) {
    const handler = use.home === 'function' ? handlerOf(image, use) : undefined;
    if (handler === undefined || !image.isOnKnownBase || !image.context.isComplete) return;
    const from = `${sayer(image, use)} names handler ${handler.text}`;
    const found = handler.files.map((path) => image.contents.files.get(path)).find((placed) => placed !== undefined);
    if (found === undefined) {
      if (mayBeElsewhere(image, handler)) return;
      yield { message: `${from}, and no ${handler.files[0]} is copied into the image` };
      return;
    }
    const text = textOf(found.entry);
    if (text !== undefined && !mayDefine(text, handler)) yield { message: `${from}, and ${found.entry.path} has no ${handler.function}` };
  },
};

function sayer({ stage, source }: ContainerImage, { command }: ImageUse): string {
  return command !== undefined || stage?.commandLine === undefined
    ? 'the command of the function'
    : `${source.dockerfile}:${stage.commandLine}`;
}

/** Whether a file of the handler can come from where nothing is known of. */
function mayBeElsewhere(image: ContainerImage, { files }: HandlerName): boolean {
  const stage = image.stage!;
  const { unknown } = image.contents;
  if (files.some((file) => unknown.some((directory) => isWithin(file, directory)))) return true;
  if (
    stage.steps.some(
      (step) => step.kind === 'copy' && step.sources.some((source) => /[$]|^https?:|^git|\.(tar|tgz|zip|whl|tar\.\w+)$/.test(source)),
    )
  )
    return true;
  return commandsOf(stage).some(({ command }) =>
    command.split(/&&|\|\||;|\n/).some((part) => part.trim() !== '' && (!MAKES_NOTHING.test(part.trim()) || OWN_PROJECT.test(part))),
  );
}

/** A name that stands nowhere in the file is not defined there, unless everything of another file is passed on. */
function mayDefine(text: string, handler: HandlerName): boolean {
  if (/\bimport\s+\*|export\s+\*|\b__getattr__\b|\bglobals\(\)|module\.exports\s*=\s*(require|await|\w+\()/.test(text)) return true;
  return new RegExp(`(?<![\\w$])${handler.function.replaceAll('$', '\\$')}(?![\\w$])`).test(text);
}
