import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = join(__dirname, '..');
const FOLDERS = ['lib', 'lambda', 'bin'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sources(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** Imports of one file; an import is type-only when every statement that names the target says so. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const statement = new RegExp(`(import|export)\\s+type\\s[^;]*?['"]${fileName.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}['"]`);
    const plain = new RegExp(`(import|export)\\s+(?!type\\s)[^;]*?['"]${fileName.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}['"]`);
    const typeOnly = statement.test(text) && !plain.test(text);
    return { from: file, to: fileName.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), fileName)) : fileName, typeOnly };
  });
}

const FILES = FOLDERS.flatMap(sources);
const IMPORTS = FILES.flatMap(importsOf);
const isLocal = ({ to }: Import) => FOLDERS.some((folder) => to.startsWith(folder + sep));
const LOCAL = IMPORTS.filter(isLocal);

const folderOf = (path: string): string => {
  const [top, second] = path.split(sep) as [string, string];
  return `${top}/${second.replace(/\.ts$/, '')}`;
};

const LIB_LAYERS: Readonly<Record<string, readonly string[]>> = {
  'lib/quotas': [],
  'lib/handlers': [],
  'lib/bundling': [],
  'lib/template': [],
  'lib/workload': ['lib/quotas'],
  'lib/images': ['lib/quotas', 'lib/handlers', 'lib/template'],
  'lib/validation': ['lib/quotas', 'lib/template', 'lib/handlers', 'lib/images'],
  'lib/cost': ['lib/quotas', 'lib/template', 'lib/workload'],
  'lib/fleet': ['lib/quotas', 'lib/workload', 'lib/cost'],
  'lib/advisor': ['lib/quotas', 'lib/workload', 'lib/cost', 'lib/fleet'],
  'lib/concurrency': ['lib/validation', 'lib/quotas'],
  'lib/agent': ['lib/quotas', 'lib/validation', 'lib/handlers', 'lib/bundling', 'lib/concurrency'],
  'lib/workflow': ['lib/quotas', 'lib/validation', 'lib/handlers'],
  'lib/inference': ['lib/quotas', 'lib/validation', 'lib/images', 'lib/handlers', 'lib/bundling', 'lib/concurrency'],
  'lib/warming': ['lib/quotas', 'lib/validation', 'lib/handlers', 'lib/fleet', 'lib/workload'],
  'lib/routing': ['lib/quotas', 'lib/validation', 'lib/handlers'],
  'lib/state': ['lib/quotas', 'lib/validation', 'lib/handlers'],
  'lib/network': ['lib/quotas', 'lib/validation'],
  'lib/synth': [],
  'lib/testing': ['lib/local', 'lib/synth'],
  'lib/local': ['lib/handlers', 'lib/quotas', 'lib/template', 'lib/images'],
  'lib/reference': [
    'lib/validation',
    'lib/agent',
    'lib/concurrency',
    'lib/workflow',
    'lib/inference',
    'lib/warming',
    'lib/routing',
    'lib/state',
    'lib/network',
    'lib/handlers',
  ],
  'lib/cli': [
    'lib/local',
    'lib/handlers',
    'lib/quotas',
    'lib/template',
    'lib/validation',
    'lib/workload',
    'lib/cost',
    'lib/fleet',
    'lib/advisor',
  ],
};

/** Sibling constructs meet through interfaces only: a type import of a sibling's file is fine. */
const CONSTRUCTS = ['agent', 'workflow', 'inference', 'warming', 'routing', 'state', 'network'].map((name) => `lib/${name}`);

function allowed({ from, to, typeOnly }: Import): boolean {
  const [source, target] = [folderOf(from), folderOf(to)];
  if (source === target) return true;
  if (source.startsWith('lambda/')) {
    if (!target.startsWith('lambda/')) return false;
    if (source === 'lambda/contract') return false;
    if (target === 'lambda/contract') return true;
    if (source === 'lambda/shared') return false;
    return target === 'lambda/shared' || target === 'lambda/runtime';
  }
  if (source.startsWith('bin/')) return target.startsWith('lib/');
  if (source === 'lib/index') return target.startsWith('lib/') && target !== 'lib/local' && target !== 'lib/cli';
  if (source === 'lambda/runtime' && from === join('lambda', 'runtime.ts')) return target === 'lambda/runtime';
  if (target === 'lambda/contract') return true;
  if (typeOnly && CONSTRUCTS.includes(source) && CONSTRUCTS.includes(target)) return true;
  return LIB_LAYERS[source]?.includes(target) ?? false;
}

/** Groups of files that import each other in a loop, type imports left out. */
function cycles(): string[][] {
  const edges = new Map<string, string[]>();
  for (const { from, to, typeOnly } of LOCAL) {
    if (typeOnly) continue;
    edges.set(from, [...(edges.get(from) ?? []), `${to}.ts`]);
  }
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push([...path.slice(at), file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) walk(file, []);
  return found;
}

test('the walk sees the tree', () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(LOCAL.length).toBeGreaterThan(100);
});

test('imports point one way', () => {
  expect(LOCAL.filter((entry) => !allowed(entry)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('code that runs in Lambda never loads the construct library', () => {
  const heavy = IMPORTS.filter(({ from, to }) => from.startsWith('lambda') && /^(aws-cdk-lib|constructs)/.test(to));
  expect(heavy).toEqual([]);
});

test('no file of lib imports the aws-cdk-lib barrel', () => {
  expect(IMPORTS.filter(({ from, to }) => from.startsWith('lib') && to === 'aws-cdk-lib').map(({ from }) => from)).toEqual([]);
});

test('no import cycles', () => {
  expect(cycles()).toEqual([]);
});

test('lib/index.ts is the only barrel', () => {
  const barrels = FILES.filter((file) => /(^|\/)index\.ts$/.test(file) && file !== join('lib', 'index.ts'));
  const reexports = FILES.filter(
    (file) => file !== join('lib', 'index.ts') && /^export \* from/m.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect([...barrels, ...reexports]).toEqual([]);
});

test('files stay within 250 lines unless they say why', () => {
  const long = FILES.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return text.split('\n').length > 251 && !/^\/\/ Longer than 250 lines: /m.test(text);
  });
  expect(long).toEqual([]);
});
