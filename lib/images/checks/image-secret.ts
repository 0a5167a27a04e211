import { type ContainerImage, textOf } from '../container-image';
import type { ImageCheck, ImageProblem } from '../image-check';
import type { PlacedFile } from '../image-contents';
import { isSecretName, isSecretValue } from '../secret-forms';

export const IMAGE_SECRET: ImageCheck = {
  id: 'image-secret',
  title: 'Secret in the image',
  why: 'Everyone who may pull the image reads it: ENV and ARG stand in its history, and a file stays in its layer even when a later command removes it.',
  severity: 'error',
  fix: 'mount it while building (RUN --mount=type=secret), hand the ARN of a secret to the function, and list the file in .dockerignore; then replace the secret',
  source: 'https://docs.docker.com/build/building/secrets/',
  *judge(image) {
    yield* settings(image);
    for (const placed of image.contents.files.values()) {
      const what = secretIn(placed);
      if (what !== undefined) yield { message: `${image.at(placed.copy.line)} copies ${placed.entry.path}, ${what}` };
    }
  },
};

function* settings(image: ContainerImage): Iterable<ImageProblem> {
  for (const { keyword, name, value, line } of image.stage?.settings ?? []) {
    if (value === undefined || !isSecretValue(name, value)) continue;
    const given = keyword === 'ARG' && image.source.buildArgs[name] !== undefined ? ', which the build argument fills' : '';
    yield { message: `${image.at(line)} writes a secret into ${keyword} ${name}${given}` };
  }
}

/** Files that hold keys, by name; read only to see whether they do. */
const FILES: readonly (readonly [name: RegExp, holds: (text: string) => boolean, what: string])[] = [
  [/(^|\/)\.env(\.(local|production|prod|development|staging))?$/, holdsSecretSetting, 'which holds a secret'],
  [/(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|[^/]+\.(pem|key))$/, (text) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text), 'a private key'],
  [
    /(^|\/)\.npmrc$/,
    (text) => /_(authToken|password|auth)\s*=\s*["']?(?!\$\{)[^\s"'$]{8,}/.test(text),
    'which holds the token of a registry',
  ],
  [/(^|\/)\.aws\/credentials$/, (text) => /aws_secret_access_key\s*=\s*\S{16,}/i.test(text), 'which holds keys of AWS'],
  [
    /(^|\/)(\.git-credentials|\.netrc|\.pypirc)$/,
    (text) => /:\/\/[^\s/:]+:[^\s@]+@|\bpassword[\s=:]+\S+/i.test(text),
    'which holds a password',
  ],
  [/(^|\/)pip\.conf$/, (text) => /:\/\/[^\s/:@]+:(?!\$)[^\s@]+@/.test(text), 'which holds the password of an index'],
];

/** Certificates and keys that packages bring for their own tests and trust. */
const OF_PACKAGES = /\/(node_modules|site-packages|dist-packages)\//;

function secretIn({ path, entry }: PlacedFile): string | undefined {
  const candidate = FILES.find(([name]) => name.test(entry.path) || name.test(path));
  if (candidate === undefined || OF_PACKAGES.test(`/${entry.path}`)) return undefined;
  const text = textOf(entry);
  return text !== undefined && candidate[1](text) ? candidate[2] : undefined;
}

function holdsSecretSetting(text: string): boolean {
  return text.split(/\r?\n/).some((line) => {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name !== undefined && isSecretName(name) && isSecretValue(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  });
}
