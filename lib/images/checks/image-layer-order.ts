import { type ContainerImage, copiesOf } from '../container-image';
import type { Copy } from '../dockerfile';
import type { ImageCheck } from '../image-check';
import type { PlacedFile } from '../image-contents';
import { formatOf } from '../model-weights';

/** Installs what others publish; `pip install .` needs the code. */
const INSTALLS = /\b(pip3? install|-m pip install|uv pip install|npm (ci|i|install)|yarn install|pnpm (i|install))\b/;
const NEEDS_CODE = /\binstall\b[^&;|\n]*\s(\.{1,2}(\/\S*)?|-e|--editable)(\s|$|\[)/;
const CODE = /\.(py|[cm]?js|ts|java|rb|go|rs)$/;
/** Weights for which another push is felt. */
const HEAVY_BYTES = 50 * 1_024 ** 2;

export const IMAGE_LAYER_ORDER: ImageCheck = {
  id: 'image-layer-order',
  title: 'Code that is copied before what changes less',
  why: 'Every change of the code makes all later layers anew: packages are installed again, and the model is pushed and pulled again.',
  severity: 'info',
  fix: 'copy the list of dependencies and install, then copy the model, then the code',
  source: 'https://docs.docker.com/build/cache/optimize/',
  *judge(image) {
    const { stage } = image;
    if (stage === undefined) return;
    const brought = filesByCopy(image);
    const code = copiesOf(stage).find((copy) => isCode(copy, brought.get(copy) ?? []));
    if (code === undefined) return;
    const install = stage.steps.find(
      (step) => step.kind === 'run' && step.line > code.line && INSTALLS.test(step.command) && !NEEDS_CODE.test(step.command),
    );
    if (install !== undefined)
      yield { message: `${image.at(code.line)} copies the code before line ${install.line} installs the packages` };
    const model = copiesOf(stage).find((copy) => copy.line >= code.line && weightsOf(brought.get(copy) ?? []) >= HEAVY_BYTES);
    if (model === code) yield { message: `${image.at(code.line)} copies the code and the weights into one layer` };
    else if (model !== undefined) yield { message: `${image.at(code.line)} copies the code before line ${model.line} copies the weights` };
  },
};

/** A copy of the whole context, or of a file of code. */
function isCode(copy: Copy, files: readonly PlacedFile[]): boolean {
  if (copy.from !== undefined) return false;
  return (
    files.some(({ path }) => CODE.test(path)) &&
    (copy.sources.some((source) => /^\.?\/?$/.test(source)) || copy.sources.some((source) => CODE.test(source)))
  );
}

function weightsOf(files: readonly PlacedFile[]): number {
  return files.filter(({ path }) => formatOf(path) !== undefined).reduce((sum, { entry }) => sum + entry.bytes, 0);
}

function filesByCopy(image: ContainerImage): ReadonlyMap<Copy, PlacedFile[]> {
  const found = new Map<Copy, PlacedFile[]>();
  for (const placed of image.contents.files.values()) {
    const files = found.get(placed.copy);
    // Added in place: a copy may bring thousands of files.
    if (files === undefined) found.set(placed.copy, [placed]);
    else files.push(placed);
  }
  return found;
}
