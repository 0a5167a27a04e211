import { commandsOf } from '../container-image';
import type { ImageCheck } from '../image-check';
import type { PlacedFile } from '../image-contents';

const READ = 0o004;
const ENTER = 0o001;

export const IMAGE_UNREADABLE_FILE: ImageCheck = {
  id: 'image-unreadable-file',
  title: 'File that Lambda may not read',
  why: 'COPY keeps the permissions of the build context, and Lambda runs every image as a user that owns nothing in it: opening the file ends with "permission denied".',
  severity: 'error',
  fix: 'chmod o+rX the files, or COPY --chmod=755',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  *judge(image, { home }) {
    // Windows has no such bits, and BuildKit makes everything readable there.
    if (home !== 'function' || process.platform === 'win32' || image.stage === undefined) return;
    const commands = commandsOf(image.stage);
    const changed = ({ copy }: PlacedFile) =>
      commands.some(({ command, line }) => line > copy.line && /\b(chmod|install|find)\b/.test(command));
    const closed = (placed: PlacedFile, bits: number) => placed.mode !== undefined && (placed.mode & bits) !== bits && !changed(placed);
    const files = [...image.contents.files.values()].filter((placed) => placed.entry.kind === 'file' && closed(placed, READ));
    const directories = [...image.contents.directories.values()].filter((placed) => closed(placed, READ | ENTER));
    const [first] = [...directories, ...files];
    if (first === undefined) return;
    const count = files.length + directories.length;
    const more = count > 1 ? `, and ${count - 1} more` : '';
    yield {
      message: `${image.at(first.copy.line)} copies ${first.entry.path} with mode ${first.mode!.toString(8)}${more}, which the user of Lambda may not read`,
    };
  },
};
