import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './measure';
import type { Figure } from './report';

const HANDLERS = join(__dirname, '..', 'dist', 'handlers');
export const LOADER = join(__dirname, 'load-handler.cjs');

/** A container's main program: it begins to work when it is loaded, so there is no load by itself. */
const PROGRAMS = ['reference-worker'];

/** What handlers read when they are loaded. */
export const HANDLER_VARIABLES: Readonly<Record<string, string>> = {
  ROUTING_POLICY: JSON.stringify({ rules: [], defaultTarget: 'workers' }),
  ROUTE_TARGETS: JSON.stringify({ workers: { kind: 'queue', queueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue' } }),
  RESPONSE_BUCKET: 'responses',
  WARMING_TARGETS: '[]',
};

export interface HandlerBundle {
  readonly name: string;
  readonly file: string;
}

/** The shipped handlers. */
export function handlerBundles(): HandlerBundle[] {
  return readdirSync(HANDLERS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !PROGRAMS.includes(entry.name))
    .map(({ name }) => ({ name, file: join(HANDLERS, name, 'index.js') }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What a cold environment pays before the first event: CPU of loading each handler, beside that of an empty module. */
export function handlerLoads(rounds: number): Figure[] {
  const directory = mkdtempSync(join(tmpdir(), 'handler-benchmark-'));
  try {
    const empty = { name: 'empty module', file: join(directory, 'index.js') };
    writeFileSync(empty.file, 'exports.handler = () => undefined;\n');
    const bundles = handlerBundles();
    const env = () => ({ ...HANDLER_VARIABLES });
    const result = compare(
      [empty, ...bundles].map(({ name, file }) => ({ name, args: [LOADER, file], env })),
      rounds,
    );
    return bundles.map(({ name, file }) => ({
      what: `load of handler ${name}, ${(statSync(file).size / 1_024).toFixed(0)} kB, CPU`,
      peer: 'an empty module',
      ours: result.of(name).cpuMs,
      theirs: result.of(empty.name).cpuMs,
      unit: 'ms',
    }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
