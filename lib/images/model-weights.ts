import type { PlacedFile } from './image-contents';

/** Weights by the framework that reads them; of a directory that has the same model for several, one loads its own. */
const FORMATS: readonly (readonly [format: string, name: RegExp])[] = [
  ['onnx', /\.onnx(_data|\.data)?$/],
  ['safetensors', /\.safetensors$/],
  ['gguf', /\.gguf$/],
  ['pytorch', /(^|\/)pytorch_model[^/]*\.bin$|\.(pt|pth)$/],
  ['tflite', /\.tflite$/],
  ['tensorflow', /(^|\/)saved_model\.pb$|\.data-\d{5}-of-\d{5}$/],
  ['keras', /\.(h5|keras)$/],
];

export function formatOf(path: string): string | undefined {
  return FORMATS.find(([, name]) => name.test(path))?.[0];
}

/** Bytes of the weights that a process loads, and the largest of their files. */
export function weightsIn(files: Iterable<PlacedFile>): { readonly bytes: number; readonly largest?: PlacedFile } {
  const sums = new Map<string, Map<string, number>>();
  let largest: PlacedFile | undefined;
  for (const placed of files) {
    const format = formatOf(placed.path);
    if (format === undefined) continue;
    const directory = placed.path.slice(0, placed.path.lastIndexOf('/'));
    const byFormat = sums.get(directory) ?? new Map<string, number>();
    sums.set(directory, byFormat.set(format, (byFormat.get(format) ?? 0) + placed.entry.bytes));
    if (largest === undefined || placed.entry.bytes > largest.entry.bytes) largest = placed;
  }
  const bytes = [...sums.values()].reduce((sum, byFormat) => sum + Math.max(...byFormat.values()), 0);
  return { bytes, ...(largest && { largest }) };
}
