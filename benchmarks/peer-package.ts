import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PEERS = join(__dirname, '..', '.cache', 'peers');

export interface PeerPackage {
  readonly name: string;
  readonly version: string;
  /** As the registry has it: other bytes are not run. */
  readonly integrity: string;
}

/**
 * Directory with a package in its node_modules that only a benchmark needs, fetched when it is first asked for and never a dependency.
 * @returns undefined where it cannot be fetched
 */
export function installPeer({ name, version, integrity }: PeerPackage): string | undefined {
  const directory = join(PEERS, `${name.replaceAll('/', '-')}-${version}`);
  if (!existsSync(join(directory, 'node_modules', name))) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), '{"private":true}');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`];
    if (spawnSync('npm', args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return undefined;
  }
  const lock = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string } | undefined>;
  };
  const found = lock.packages[`node_modules/${name}`]?.integrity;
  if (found !== integrity) throw new Error(`${name}@${version} has integrity ${found}, expected ${integrity}; remove ${directory}`);
  return directory;
}
