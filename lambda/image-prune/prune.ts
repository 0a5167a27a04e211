import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Target {
  /** As Node.js names it: `linux`. */
  readonly platform: string;
  /** `arm64`, `x64`. */
  readonly arch: string;
}

const PLATFORMS = /^(darwin|win32|linux|android|freebsd)$/;

/**
 * Removes native libraries that the target cannot load, from packages that bring one folder per platform: onnxruntime-node
 * (`bin/napi-v6/linux/arm64`) and those that follow prebuildify (`prebuilds/linux-arm64`).
 */
export function pruneModules(modules: string, target: Target): void {
  for (const name of foldersIn(modules)) {
    if (name.startsWith('@')) for (const scoped of foldersIn(join(modules, name))) prunePackage(join(modules, name, scoped), target);
    else if (!name.startsWith('.')) prunePackage(join(modules, name), target);
  }
}

function prunePackage(directory: string, target: Target): void {
  if (basename(directory) === 'onnxruntime-node') pruneOnnxRuntime(join(directory, 'bin'), target);
  prunePrebuilds(join(directory, 'prebuilds'), target);
  pruneModules(join(directory, 'node_modules'), target);
}

function pruneOnnxRuntime(bin: string, { platform, arch }: Target): void {
  for (const version of foldersIn(bin).filter((name) => name.startsWith('napi-v'))) {
    for (const name of foldersIn(join(bin, version)).filter((each) => PLATFORMS.test(each))) {
      const foreign = name === platform ? foldersIn(join(bin, version, name)).filter((each) => each !== arch) : [''];
      for (const each of foreign) remove(join(bin, version, name, each));
    }
  }
}

/** `linux-x64`, `darwin-x64+arm64`. */
function prunePrebuilds(folder: string, { platform, arch }: Target): void {
  for (const name of foldersIn(folder)) {
    const [, system = '', architectures = ''] = /^([a-z0-9]+)-([a-z0-9+]+)$/.exec(name) ?? [];
    if (PLATFORMS.test(system) && (system !== platform || !architectures.split('+').includes(arch))) remove(join(folder, name));
  }
}

function foldersIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
