import { readDockerfile, type Stage, targetStage } from './dockerfile';

/** What a Dockerfile says of the processor it builds for; `open` leaves it to whoever builds, `unknown` cannot be told. */
export type ImageProcessor = 'x86_64' | 'arm64' | 'open' | 'unknown';

const NAMES: Readonly<Record<string, 'x86_64' | 'arm64'>> = {
  amd64: 'x86_64',
  x86_64: 'x86_64',
  arm64: 'arm64',
  arm64v8: 'arm64',
  aarch64: 'arm64',
};

/** Processor of `linux/arm64`. */
export function processorOfPlatform(platform: string): 'x86_64' | 'arm64' | undefined {
  return NAMES[platform.split('/')[1] ?? ''];
}

/** What the stage that is built, and the stages it starts from, say of their platform. */
export function imageProcessor(text: string, buildArgs: Readonly<Record<string, string>>, target?: string): ImageProcessor {
  return processorOfStage(targetStage(readDockerfile(text, { buildArgs }), target));
}

export function processorOfStage(stage: Stage | undefined): ImageProcessor {
  if (stage === undefined) return 'unknown';
  if (stage.platform !== undefined) return stated(stage.platform);
  return stage.parent === undefined ? ofImage(stage.base) : processorOfStage(stage.parent);
}

function stated(platform: string): ImageProcessor {
  // That of the machine that builds, or of `docker build --platform`, which nobody asked for.
  if (/^\$\{?(BUILD|TARGET)PLATFORM\}?$/.test(platform)) return 'open';
  return processorOfPlatform(platform) ?? 'unknown';
}

/** Images are published for several processors, or name theirs in the repository (`arm64v8/python`) or the tag (`python:3.13-arm64`). */
function ofImage(image: string): ImageProcessor {
  if (image.includes('$') || image.includes('@')) return 'unknown';
  const word = /(?:^|[/:._-])(amd64|x86_64|arm64v8|arm64|aarch64)(?:$|[/:._-])/.exec(image)?.[1];
  return word === undefined ? 'open' : NAMES[word]!;
}
