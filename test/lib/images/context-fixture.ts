import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];

/** A directory with files; a name that ends in `@600` gets these permission bits. */
export function directoryWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'context-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    const [, path = name, mode] = /^(.*?)(?:@([0-7]{3}))?$/.exec(name) ?? [];
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (mode !== undefined) chmodSync(file, Number.parseInt(mode, 8));
  }
  return directory;
}

export function removeDirectories(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
