import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { ENTRYPOINT } from '../../../lambda/contract/container';
import { type ImageLayout, type ImageLayoutOptions, layOutImage } from '../assembly/image-layout';
import type { ContainerModel } from '../assembly/task-definitions';
import { ContainerError } from './container-error';

/** What `docker run` would start, as this machine can start it. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface ContainerOverride {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starters of an image that only hand over to the program behind them. */
const STARTERS = ['docker-entrypoint.sh', 'tini', 'dumb-init', 'exec', '--'];
const SHELLS = ['sh', 'bash', 'ash', 'dash'];
/** A line with one of these needs a real shell. */
const SHELL_SYNTAX = /[|&;<>()$`\\"'*?[\]#~=%\n]/;

/**
 * Finds the program of a container whose image is built from the assembly.
 *
 * @throws ContainerError saying why it cannot run here
 */
export function programOf(container: ContainerModel, override: ContainerOverride, options: ImageLayoutOptions): Program {
  const { name, image, imageUri, secrets } = container;
  if (image === undefined) {
    throw new ContainerError(
      `container ${name} takes its image ${imageUri} from a registry, and the local run has no Docker; build it from a directory of the app with ContainerImage.fromAsset`,
    );
  }
  if (secrets.length > 0) {
    throw new ContainerError(
      `container ${name} takes ${secrets.join(', ')} from secrets, which the local run does not fill in; read the secret by its ARN at run time`,
    );
  }
  const layout = layoutOf(container, () => layOutImage(image, options));
  const [first, ...args] = withoutStarters(withoutEntrypoint(commandLine(container, override, layout), layout), container);
  const workdir = container.workingDirectory ?? layout.workdir;
  const cwd = join(layout.root, workdir);
  const local = (value: string) => (value.startsWith('/') && existsSync(join(layout.root, value)) ? join(layout.root, value) : value);
  if (!existsSync(cwd)) throw new ContainerError(`container ${name} starts in ${workdir}, to which its Dockerfile copies nothing`);
  const given = { ...layout.environment, ...container.environment, ...override.environment };
  const { PATH: _path, HOME: _home, ...environment } = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, local(value)]));
  return { command: interpreter(first ?? '', container), args: args.map(local), cwd, environment };
}

function layoutOf(container: ContainerModel, lay: () => ImageLayout): ImageLayout {
  try {
    return lay();
  } catch (error) {
    throw new ContainerError(`container ${container.name} cannot be laid out: ${(error as Error).message}`);
  }
}

/** ENTRYPOINT and CMD as Docker joins them: an entry point of the task's own takes the image's command away. */
function commandLine({ entryPoint, command }: ContainerModel, override: ContainerOverride, layout: ImageLayout): readonly string[] {
  const rest = override.command ?? command ?? (entryPoint === undefined ? layout.command : undefined) ?? [];
  return [...(entryPoint ?? layout.entrypoint ?? []), ...rest];
}

/** What the start of a generated image hands over to outside Lambda. */
function withoutEntrypoint(line: readonly string[], layout: ImageLayout): readonly string[] {
  const [shell = '', script, ...rest] = line;
  const { directory, program, module } = ENTRYPOINT;
  if (!SHELLS.includes(basename(shell)) || script !== `${directory}/${ENTRYPOINT.script}`) return line;
  const isNode = existsSync(join(layout.root, directory, program));
  return isNode ? ['node', `${directory}/${program}`, ...rest] : ['python3', '-m', module, ...rest];
}

function withoutStarters(line: readonly string[], container: ContainerModel): readonly string[] {
  const [first, flag, script] = line;
  if (first === undefined) throw new ContainerError(`container ${container.name} has neither ENTRYPOINT nor CMD`);
  if (STARTERS.includes(basename(first))) return withoutStarters(line.slice(1), container);
  if (!SHELLS.includes(basename(first))) return line;
  if (flag === '-c' && script !== undefined && !SHELL_SYNTAX.test(script)) return withoutStarters(script.trim().split(/\s+/), container);
  throw new ContainerError(
    `container ${container.name} starts a shell for ${JSON.stringify(line.slice(1).join(' '))}; name its program in the JSON form, such as CMD ["node", "worker.js"]`,
  );
}

function interpreter(program: string, { name }: ContainerModel): string {
  const kind = basename(program);
  if (kind === 'node' || kind === 'nodejs') return process.execPath;
  if (/^python(3(\.\d+)?)?$/.test(kind)) {
    const directories = (process.env['PATH'] ?? '').split(delimiter);
    const found = directories.map((directory) => join(directory, 'python3')).find((file) => existsSync(file));
    if (found !== undefined) return found;
    throw new ContainerError(`container ${name} needs Python, but python3 is not on PATH; install Python 3 to run it locally`);
  }
  throw new ContainerError(`container ${name} starts ${program}, but the local run starts only programs of node and python3`);
}
