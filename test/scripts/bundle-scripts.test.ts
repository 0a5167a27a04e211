import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScripts } from '../../scripts/bundle-scripts';
import { makeIndexLazy } from '../../scripts/lazy-index';

/** As the compiler writes a namespace import. */
const HELPERS = `var __createBinding = (this && this.__createBinding) || (function() {});
var __importStar = (this && this.__importStar) || (function () {
    return function (mod) { globalThis.helped = true; return mod; };
})();
Object.defineProperty(exports, "__esModule", { value: true });
`;

let directory: string;
beforeEach(() => {
  // Below the root, so that aws-cdk-lib is found.
  mkdirSync(join(__dirname, '..', '..', '.cache'), { recursive: true });
  directory = mkdtempSync(join(__dirname, '..', '..', '.cache', 'bundle-scripts-'));
  write('index.js', '__exportStar(require("./one"), exports);\n__exportStar(require("./sub/two"), exports);\n');
  write('one.js', 'class One {}\nexports.One = One;\n(globalThis.loaded ??= []).push("one");\n');
  write(
    'sub/two.js',
    `"use strict";\n${HELPERS}const core = __importStar(require("aws-cdk-lib/core"));\nclass Two { size() { return core.Size.mebibytes(2).toKibibytes(); } }\nexports.Two = Two;\n(globalThis.loaded ??= []).push("two");\n`,
  );
  write('sub/two.d.ts', 'export declare class Two { size(): number; }\n');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(join(directory, name, '..'), { recursive: true });
  writeFileSync(join(directory, name), text);
}

async function bundle(): Promise<void> {
  // In a process of its own: this one would remember what it loads.
  const names = JSON.parse(
    execFileSync(
      process.execPath,
      ['--require', 'tsx/cjs', '-e', `console.log(JSON.stringify(require(${lazyIndex}).makeIndexLazy(${JSON.stringify(directory)})))`],
      {
        encoding: 'utf8',
      },
    ),
  ) as string[];
  expect(names).toEqual(['One', 'Two']);
  await bundleScripts(directory, names);
}
const lazyIndex = JSON.stringify(join(__dirname, '..', '..', 'scripts', 'lazy-index.ts'));

const run = (code: string) => execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }).trim();

test('one script is left beside the declarations', async () => {
  await bundle();
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[a-z]+$/.test(name));
  expect(files.sort()).toEqual(['index.js', 'sub/two.d.ts']);
});

test('a part runs when its export is asked for, and no sooner', async () => {
  await bundle();
  const index = JSON.stringify(join(directory, 'index.js'));
  expect(run(`const index = require(${index}); console.log(globalThis.loaded)`)).toBe('undefined');
  expect(run(`const { Two } = require(${index}); console.log(new Two().size(), globalThis.loaded.join(), globalThis.helped)`)).toBe(
    '2048 two undefined',
  );
  expect(run(`const index = require(${index}); console.log(index.One === index.One, Object.keys(index).join())`)).toBe('true One,Two');
});

test('an ES module imports by name', async () => {
  await bundle();
  write('user.mjs', `import { One, Two } from './index.js';\nconsole.log(One.name, Two.name);\n`);
  expect(execFileSync(process.execPath, [join(directory, 'user.mjs')], { encoding: 'utf8' })).toBe('One Two\n');
});

test('a namespace that is not of the CDK is refused, since its helper is taken out', async () => {
  write('sub/two.js', `"use strict";\n${HELPERS}const path = __importStar(require("node:path"));\nexports.Two = path;\n`);
  await expect(bundleScripts(directory, ['One', 'Two'])).rejects.toThrow('two.js imports a namespace or a default that is not of the CDK');
});

test('an index that exports nothing is no index', () => {
  write('index.js', '"use strict";\n');
  expect(() => makeIndexLazy(directory)).toThrow(/index\.js exports nothing that could be loaded later$/);
});
