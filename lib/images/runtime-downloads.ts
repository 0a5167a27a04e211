import { type ContainerImage, textOf } from './container-image';
import { type ImageUse, variableOf } from './image-check';

/** Commands that fetch a model or its data while the image is built. */
const FETCHES =
  /from_pretrained|SentenceTransformer|snapshot_download|hf_hub_download|huggingface-cli|\bhf download|nltk|spacy download|torch\.hub|download|\b(curl|wget)\b/i;

/** Whether a build of the image fetches something that is no package. */
export function fetchesWhileBuilding(image: ContainerImage): boolean {
  return [...image.neededStages()].some(({ steps }) => steps.some((step) => step.kind === 'run' && FETCHES.test(step.command)));
}

/** Whether the Hugging Face libraries were told to take what is there. */
export function isOffline(image: ContainerImage, use: ImageUse): boolean {
  const on = (name: string) => /^(1|true|yes|on)$/i.test(variableOf(image, use, name) ?? '');
  return on('HF_HUB_OFFLINE') || on('TRANSFORMERS_OFFLINE');
}

/** Names of the Python packages that copied lists of requirements ask for. */
export function requirementsOf(image: ContainerImage): readonly string[] {
  return [...image.contents.files.values()]
    .filter(({ path }) => /(^|\/)requirements[^/]*\.txt$/.test(path))
    .flatMap(({ entry }) => (textOf(entry) ?? '').split(/\r?\n/))
    .map((line) => /^\s*([A-Za-z0-9][\w.-]*)/.exec(line)?.[1]?.toLowerCase().replaceAll('_', '-') ?? '')
    .filter((name) => name !== '');
}
