/** What a Dockerfile says of the processor it builds for; `open` leaves it to whoever builds, `unknown` cannot be told. */
export type DockerfileArchitecture = 'x86_64' | 'arm64' | 'open' | 'unknown';

interface From {
  readonly platform: string | undefined;
  readonly base: string;
  readonly name: string | undefined;
}

const NAMES: Readonly<Record<string, 'x86_64' | 'arm64'>> = {
  amd64: 'x86_64',
  x86_64: 'x86_64',
  arm64: 'arm64',
  arm64v8: 'arm64',
  aarch64: 'arm64',
};

/** Processor of `linux/arm64`. */
export function architectureOfPlatform(platform: string): 'x86_64' | 'arm64' | undefined {
  return NAMES[platform.split('/')[1] ?? ''];
}

/** What the stage that is built, and the stages it starts from, say of their platform. */
export function dockerfileArchitecture(text: string, args: Readonly<Record<string, string>>, target?: string): DockerfileArchitecture {
  const stages = stagesOf(text, args);
  return ofStage(target === undefined ? stages.at(-1) : stages.find(({ name }) => name === target.toLowerCase()), stages);
}

function ofStage(stage: From | undefined, stages: readonly From[]): DockerfileArchitecture {
  if (stage === undefined) return 'unknown';
  if (stage.platform !== undefined) return ofPlatform(stage.platform);
  const base = stage.base.toLowerCase();
  const earlier = stages.slice(0, stages.indexOf(stage));
  const before = earlier.find(({ name }) => name === base);
  return before === undefined ? ofImage(stage.base) : ofStage(before, earlier);
}

function ofPlatform(platform: string): DockerfileArchitecture {
  // That of the machine that builds, or of `docker build --platform`, which nobody asked for.
  if (/^\$\{?(BUILD|TARGET)PLATFORM\}?$/.test(platform)) return 'open';
  return architectureOfPlatform(platform) ?? 'unknown';
}

/** Images are published for several processors, or name theirs in the repository (`arm64v8/python`) or the tag (`python:3.13-arm64`). */
function ofImage(image: string): DockerfileArchitecture {
  if (image.includes('$') || image.includes('@')) return 'unknown';
  const word = /(?:^|[/:._-])(amd64|x86_64|arm64v8|arm64|aarch64)(?:$|[/:._-])/.exec(image)?.[1];
  return word === undefined ? 'open' : NAMES[word]!;
}

function stagesOf(text: string, args: Readonly<Record<string, string>>): From[] {
  const lines = text
    .replace(/^\s*#.*$/gm, '')
    .replace(/\\\s*\n/g, ' ')
    .split('\n');
  const known: Record<string, string> = {};
  const stages: From[] = [];
  const filled = (word: string) =>
    word.replace(/\$\{?(\w+)(?::-([^}]*))?\}?/g, (all, name: string, otherwise?: string) => known[name] ?? otherwise ?? all);
  for (const line of lines) {
    const [, arg, value] = /^\s*ARG\s+(\w+)(?:=["']?([^"'\s]*)["']?)?/i.exec(line) ?? [];
    const given = arg === undefined ? undefined : (args[arg] ?? value);
    if (arg !== undefined && given !== undefined && stages.length === 0) known[arg] = given;
    const [, platform, base, name] = /^\s*FROM\s+(?:--platform=(\S+)\s+)?(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (base !== undefined) stages.push({ platform: platform && filled(platform), base: filled(base), name: name?.toLowerCase() });
  }
  return stages;
}
