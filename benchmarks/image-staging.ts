import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, compare, wholeProcess } from './measure';
import type { Figure } from './report';

const APP = join(__dirname, 'image-staging-app.cjs');
const MEBIBYTE = 1_024 * 1_024;
/** A copy for the peer, which it makes again for each assembly, and room to spare. */
const ROOM_FACTOR = 3;
const MOST_ROUNDS = 9;
const IN_CONTEXT = 'model in the context';
/** Looking at each of so many files takes a while, though none is read. */
const MANY_FILES = 1_000;
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

interface Size {
  readonly name: string;
  readonly files: number;
  readonly bytesEach: number;
}

const SIZES: readonly Size[] = [
  { name: '10 MiB in 1 file', files: 1, bytesEach: 10 * MEBIBYTE },
  { name: '200 MiB in 4 files', files: 4, bytesEach: 50 * MEBIBYTE },
  { name: '200 MiB in 20,000 files', files: 20_000, bytesEach: (200 * MEBIBYTE) / 20_000 },
  { name: '2 GiB in 4 files', files: 4, bytesEach: 512 * MEBIBYTE },
];

/** Nothing is known of the files yet; they are known, and the assembly is new, as in CI; the assembly is that of last time. */
const SYNTHS = { first: 'first synth', fresh: 'second synth, new assembly', same: 'second synth, same assembly' } as const;
type Synth = keyof typeof SYNTHS;

/** Whole processes that synthesize one image function: weights as a named build context against a DockerImageFunction that has them in its context. */
export function imageStaging(rounds: number): Figure[] {
  const home = mkdtempSync(join(tmpdir(), 'staging-benchmark-'));
  try {
    const empty = new Place(home, 'empty', { name: 'a model of 7 bytes', files: 1, bytesEach: 7 });
    return SIZES.filter((size) => hasRoom(home, size)).flatMap((size) => {
      const place = new Place(home, 'full', size);
      const figures = (Object.keys(SYNTHS) as Synth[]).flatMap((synth) => figuresOf(place, empty, synth, Math.min(rounds, MOST_ROUNDS)));
      place.remove();
      return figures;
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function figuresOf(place: Place, empty: Place, synth: Synth, rounds: number): Figure[] {
  const [ours, theirs, nothing] = [place.contender('library', synth), place.contender('plain', synth), empty.contender('library', synth)];
  const result = compare([ours, nothing, theirs], rounds);
  const what = `${place.size.name}, ${SYNTHS[synth]}`;
  const pair = (unit: 'cpuMs' | 'wallMs', peer: Contender) => ({
    ours: result.of(ours.name)[unit],
    theirs: result.of(peer.name)[unit],
    unit: 'ms',
  });
  const kibibytes = (who: string) => bytesBelow(place.assembly(who, synth)) / 1_024;
  const known = synth !== 'first' && place.size.files < MANY_FILES;
  return [
    { what: `${what}, CPU`, peer: IN_CONTEXT, ...pair('cpuMs', theirs) },
    { what: `${what}, wall`, peer: IN_CONTEXT, ...pair('wallMs', theirs) },
    { what: `${what}, CPU`, peer: empty.size.name, ...pair('cpuMs', nothing), ...(known && { bar: 1.05 }) },
    { what: `${what}, assembly`, peer: IN_CONTEXT, ours: kibibytes('library'), theirs: kibibytes('plain'), unit: 'KiB', bar: 1 },
  ];
}

/** Generated weights, build contexts without and with them, and where both contenders keep what they write. */
class Place {
  private readonly root: string;
  private runs = 0;

  constructor(
    home: string,
    name: string,
    readonly size: Size,
  ) {
    this.root = join(home, name);
    writeContext(join(this.root, 'library-context'), 'COPY --from=model . /opt/model/');
    writeContext(join(this.root, 'plain-context'), 'COPY model/ /opt/model/');
    writeWeights(join(this.root, 'weights'), size);
    writeWeights(join(this.root, 'plain-context', 'model'), size);
  }

  contender(who: 'library' | 'plain', synth: Synth): Contender {
    return {
      name: `${this.root} ${who}`,
      args: wholeProcess(APP, who, join(this.root, `${who}-context`), join(this.root, 'weights')),
      env: () => this.environment(who, synth),
    };
  }

  assembly(who: string, synth: Synth): string {
    return join(this.root, `${who}-${synth}.out`);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  /** Both keep digests of files below the home directory: a new one has none. */
  private environment(who: string, synth: Synth): Record<string, string> {
    this.runs += 1;
    const home = join(this.root, synth === 'first' ? `home-${this.runs}` : `home-${who}`);
    mkdirSync(home, { recursive: true });
    if (synth !== 'same') rmSync(this.assembly(who, synth), { recursive: true, force: true });
    return { HOME: home, USERPROFILE: home, XDG_CACHE_HOME: '', LOCALAPPDATA: '', CDK_OUTDIR: this.assembly(who, synth) };
  }
}

function writeContext(directory: string, copy: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'Dockerfile'), `FROM public.ecr.aws/lambda/nodejs:24\n${copy}\nCOPY index.js ./\nCMD ["index.handler"]\n`);
  writeFileSync(join(directory, 'index.js'), 'exports.handler = async () => 1;\n');
}

/** Binary content that differs from file to file; made long ago, since a file that has only just changed is never taken for known. */
function writeWeights(directory: string, { files, bytesEach }: Size): void {
  const block = Buffer.alloc(bytesEach, 0);
  for (let index = 0; index < files; index += 1) {
    const file = join(directory, String(index % 100), `${index}.bin`);
    mkdirSync(join(file, '..'), { recursive: true });
    block.writeUInt32LE(index + 1, 0);
    writeFileSync(file, block);
    utimesSync(file, LONG_AGO, LONG_AGO);
  }
}

function bytesBelow(path: string): number {
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0) : stat.size;
}

function hasRoom(home: string, { name, files, bytesEach }: Size): boolean {
  const { bavail, bsize } = statfsSync(existsSync(home) ? home : tmpdir());
  const fits = bavail * bsize > ROOM_FACTOR * 2 * files * bytesEach;
  if (!fits) console.error(`${name} is left out: the disk of ${home} has no room for it`);
  return fits;
}
