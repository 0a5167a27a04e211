import { type ContainerImage, textOf } from '../container-image';
import { HOMES, type ImageCheck, type ImageProblem, type ImageUse } from '../image-check';
import { absolute, isWithin } from '../image-path';
import { fetchesWhileBuilding, isOffline } from '../runtime-downloads';
import { codeIn, type SourceFile } from '../source-files';

export const IMAGE_RUNTIME_DOWNLOAD: ImageCheck = {
  id: 'image-runtime-download',
  title: 'Download when the container starts',
  why: 'Each cold start fetches it again, over a network that may have no way out, from a server that may refuse; it costs seconds where the image itself costs none.',
  severity: 'warning',
  fix: 'fetch it while the image is built, load it from its path, and set HF_HUB_OFFLINE=1',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
  *judge(image, use) {
    if (image.stage === undefined) return;
    // A worker and a session start rarely.
    const severity = use.home === 'function' ? undefined : ('info' as const);
    for (const problem of [...commands(image, use), ...code(image, use)]) yield { ...problem, ...(severity && { severity }) };
  },
};

const INSTALLS: readonly (readonly [RegExp, string])[] = [
  [/\b(pip3?|uv pip|-m pip) install\b/, 'installs Python packages'],
  [/\bnpm (ci|i|install)\b/, 'installs npm packages'],
  [/\b(curl|wget)\b[^\n]*\bhttps?:\/\/(?!localhost|127\.|169\.254\.|\$)/, 'fetches a file'],
];

/** What the container runs when it starts, and scripts that this names. */
function* commands(image: ContainerImage, use: ImageUse): Iterable<ImageProblem> {
  const stage = image.stage!;
  const words = [...(use.entrypoint ?? stage.entrypoint ?? []), ...(use.command ?? stage.command ?? [])];
  const line = words.join(' ');
  const direct = INSTALLS.find(([pattern]) => pattern.test(line));
  if (direct !== undefined) yield { message: `the command of ${HOMES[use.home]} ${direct[1]}: ${line}` };
  for (const word of words.flatMap((each) => each.split(/\s+/))) {
    const script = image.contents.files.get(absolute(word, stage.workdir));
    if (script === undefined || !/(\.sh|entrypoint[^/]*)$/.test(script.path)) continue;
    const text = (textOf(script.entry) ?? '').replaceAll(/^\s*#.*$/gm, '');
    const found = INSTALLS.find(([pattern]) => pattern.test(text));
    if (found !== undefined) yield { message: `${script.entry.path}, which starts ${HOMES[use.home]}, ${found[1]}` };
  }
}

interface Download {
  readonly language: SourceFile['language'];
  /** The first group, where there is one, is what is loaded: a path of the image is no download. */
  readonly call: RegExp;
  readonly what: string;
  /** Comes from Hugging Face. */
  readonly hub: boolean;
}

const NAME = `\\(\\s*["']([\\w.-]+(?:/[\\w.-]+)?)["']`;

const DOWNLOADS: readonly Download[] = [
  { language: 'python', call: /\bnltk\.download\(/g, what: 'nltk.download', hub: false },
  { language: 'python', call: /\btorch\.hub\.load\((?![^)]*source\s*=\s*["']local)/g, what: 'torch.hub.load', hub: false },
  { language: 'python', call: /\bspacy\.cli\.download\(/g, what: 'spacy.cli.download', hub: false },
  { language: 'python', call: new RegExp(`\\bwhisper\\.load_model${NAME}`, 'g'), what: 'whisper.load_model', hub: false },
  { language: 'python', call: /\b(?:hf_hub_download|snapshot_download)\(/g, what: 'huggingface_hub', hub: true },
  { language: 'python', call: new RegExp(`\\bSentenceTransformer${NAME}`, 'g'), what: 'SentenceTransformer', hub: true },
  {
    language: 'python',
    call: new RegExp(`\\.from_pretrained${NAME}(?![^)]*local_files_only\\s*=\\s*True)`, 'g'),
    what: 'from_pretrained',
    hub: true,
  },
  { language: 'python', call: /\bpipeline\([^)]*\bmodel\s*=\s*["']([\w.-]+\/[\w.-]+)["']/g, what: 'pipeline', hub: true },
  { language: 'nodejs', call: /\bpipeline\(\s*["'][\w-]+["']\s*,\s*["']([\w.-]+\/[\w.-]+)["']/g, what: 'pipeline', hub: true },
];

function* code(image: ContainerImage, use: ImageUse): Iterable<ImageProblem> {
  // What a build fetches is there when the code asks for it.
  if (fetchesWhileBuilding(image)) return;
  const offline = isOffline(image, use);
  for (const { placed, text, language } of codeIn(image)) {
    if (/allowRemoteModels\s*=\s*false|HF_HUB_OFFLINE|TRANSFORMERS_OFFLINE/.test(text)) continue;
    for (const { call, what, hub, ...download } of DOWNLOADS) {
      if (download.language !== language || (hub && offline)) continue;
      for (const { 1: name, index } of text.matchAll(call)) {
        if (name !== undefined && isInImage(image, name)) continue;
        const line = text.slice(0, index).split('\n').length;
        yield { message: `${placed.entry.path}:${line} downloads${name === undefined ? '' : ` ${name}`} with ${what} when it runs` };
      }
    }
  }
}

function isInImage(image: ContainerImage, name: string): boolean {
  const path = absolute(name, image.stage!.workdir);
  const { files, unknown } = image.contents;
  return [...files.keys()].some((each) => isWithin(each, path)) || unknown.some((target) => isWithin(path, target));
}
