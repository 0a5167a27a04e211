// Bundles the engines of the local run (dynalite, fauxqs, ioredis-mock) and what draws it to dist/local/<name>.cjs, with their licences beside them,
// so that the installed package brings no dependency tree. Plain CommonJS, so that it runs right after `npm ci` with nothing but Node.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const out = path.join(root, 'dist', 'local');
const stamps = path.join(root, 'dist', '.stamps');

/** Rewrites one file of a package on its way into the bundle; fails when the package changed so that nothing is left to rewrite. */
function rewrite(name, filter, replacements) {
  return {
    name,
    setup(build) {
      build.onLoad({ filter }, ({ path: file }) => {
        let contents = fs.readFileSync(file, 'utf8');
        for (const [from, to] of replacements) {
          if (!contents.includes(from))
            throw new Error(`${file} no longer contains ${JSON.stringify(from)}; adapt scripts/build-local-services.cjs`);
          contents = contents.replaceAll(from, to);
        }
        return { contents, loader: 'js' };
      });
    },
  };
}

/** `node:sqlite` is imported at fauxqs's top for persistence, which the local run does not use; Node 20 has no such module. */
const withoutSqlite = {
  name: 'without-sqlite',
  setup(build) {
    build.onResolve({ filter: /^node:sqlite$/ }, () => ({ path: 'node:sqlite', namespace: 'without-sqlite' }));
    build.onLoad({ filter: /.*/, namespace: 'without-sqlite' }, () => ({
      contents: 'export class DatabaseSync { constructor() { throw new Error("the local run keeps queues and objects in memory"); } }',
    }));
  },
};

const BUNDLES = {
  dynalite: {
    entry: `module.exports = require('dynalite');`,
    // Its native binding would be looked for at run time; the local run keeps tables in memory.
    alias: { level: 'memory-level' },
    plugins: [
      rewrite('static-actions', /dynalite[\\/]index\.js$/, [
        [`'./actions/' + action`, `'./actions/' + action + '.js'`],
        [`'./validations/' + action`, `'./validations/' + action + '.js'`],
      ]),
      rewrite('static-validations', /dynalite[\\/]db[\\/]index\.js$/, [
        [`require('level')`, `{ Level: require('memory-level').MemoryLevel }`],
      ]),
    ],
  },
  fauxqs: {
    // The stores are taken beside the app: its own start function listens on every interface.
    entry: ['app.js:buildApp', 'sqs/sqsStore.js:SqsStore', 'sns/snsStore.js:SnsStore', 's3/s3Store.js:S3Store']
      .map((part) => part.split(':'))
      .map(([file, name]) => `export { ${name} } from './node_modules/fauxqs/dist/${file}';`)
      .join('\n'),
    // Objects of claim checks and documents may exceed its 11 MiB; S3 takes 5 GB in one request.
    plugins: [withoutSqlite, rewrite('body-limit', /fauxqs[\\/]dist[\\/]app\.js$/, [['11 * 1_048_576', '512 * 1_048_576']])],
  },
  'ioredis-mock': {
    entry: `exports.Redis = require('ioredis-mock'); exports.RespParser = require('redis-parser');`,
    plugins: [],
  },
  // Reads the Dockerfiles of images, for the checks and for the local run.
  'dockerfile-ast': { entry: `exports.DockerfileParser = require('dockerfile-ast').DockerfileParser;`, plugins: [] },
  // Both are ES modules only, and large: loaded when something is drawn.
  'beautiful-mermaid': {
    entry: `export { renderMermaidASCII, renderMermaidSVG } from 'beautiful-mermaid';`,
    // The way to a box that others enclose would be looked for without end on a grid without bounds; a straight line stands in for it.
    plugins: [
      rewrite('bounded-search', /beautiful-mermaid[\\/]dist[\\/]index\.js$/, [
        ['while (pq.length > 0) {', 'while (pq.length > 0 && costSoFar.size < 5000) {'],
      ]),
    ],
  },
  'clack-prompts': { entry: `export { cancel, confirm, intro, isCancel, note, outro, select, text } from '@clack/prompts';`, plugins: [] },
  // Lines and bars as SVG is all that the report draws.
  echarts: {
    entry: `import { init, use } from 'echarts/core';
      import { BarChart, LineChart } from 'echarts/charts';
      import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
      import { SVGRenderer } from 'echarts/renderers';
      use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);
      export { init };`,
    plugins: [],
  },
  listr2: { entry: `export { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from 'listr2';`, plugins: [] },
};

/** `node_modules/a/node_modules/@b/c` of a bundled file, or undefined for a file of our own. */
function packageOf(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match?.[1];
}

/** Packages stand for their files: a version is published once. */
function digestOf(inputs) {
  const hash = createHash('sha256');
  for (const input of [...inputs].sort()) {
    const file = path.join(root, input);
    if (!fs.existsSync(file)) return undefined;
    hash.update(input).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function licencesOf(packages) {
  return packages
    .map((directory) => {
      const manifest = JSON.parse(fs.readFileSync(path.join(root, directory, 'package.json'), 'utf8'));
      const file = fs.readdirSync(path.join(root, directory)).find((name) => /^licen[cs]e(\.|$)/i.test(name));
      const text = file ? fs.readFileSync(path.join(root, directory, file), 'utf8').trim() : '';
      return `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence in its text'})\n\n${text}\n`;
    })
    .join('\n----------------------------------------\n\n');
}

/** Another process may build at the same time: a reader sees the old file or the new one, never half of it. */
function writeWhole(file, contents) {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, contents);
  fs.renameSync(temporary, file);
}

async function bundle(name) {
  const { entry, alias, plugins } = BUNDLES[name];
  const outfile = path.join(out, `${name}.cjs`);
  const stamp = path.join(stamps, `local-${name}.json`);
  const known = fs.existsSync(stamp) && fs.existsSync(outfile) ? JSON.parse(fs.readFileSync(stamp, 'utf8')) : undefined;
  if (known && digestOf(known.inputs) === known.digest) return { name, bytes: known.bytes, rebuilt: false };

  const result = await require('esbuild').build({
    stdin: { contents: entry, resolveDir: root, sourcefile: `${name}-entry.js` },
    outfile,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    charset: 'utf8',
    alias,
    plugins,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
    // fauxqs finds its own files by import.meta.url, which CommonJS has not.
    define: { 'import.meta.url': '__bundleUrl' },
    banner: { js: `const __bundleUrl = require('node:url').pathToFileURL(__filename).href;` },
  });
  const packages = [...new Set(Object.keys(result.metafile.inputs).map(packageOf).filter(Boolean))].sort();
  const inputs = [...packages.map((directory) => `${directory}/package.json`), 'scripts/build-local-services.cjs'];
  fs.mkdirSync(out, { recursive: true });
  fs.mkdirSync(stamps, { recursive: true });
  writeWhole(outfile, result.outputFiles[0].contents);
  writeWhole(path.join(out, `${name}.LICENSES.txt`), licencesOf(packages));
  const bytes = result.outputFiles[0].contents.length;
  writeWhole(stamp, JSON.stringify({ inputs, digest: digestOf(inputs), bytes }));
  return { name, bytes, rebuilt: true };
}

/** The page of the local run is served as it is written. */
function copyPage() {
  const [from, to] = [path.join(root, 'lib', 'local', 'console', 'page'), path.join(out, 'console')];
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from)) writeWhole(path.join(to, name), fs.readFileSync(path.join(from, name)));
}

async function buildLocalServices({ quiet = false } = {}) {
  copyPage();
  const results = [];
  for (const name of Object.keys(BUNDLES)) results.push(await bundle(name));
  if (!quiet) {
    for (const { name, bytes, rebuilt } of results) {
      console.log(`local/${name.padEnd(18)} ${(bytes / 1024).toFixed(0).padStart(6)} kB${rebuilt ? '' : '  unchanged'}`);
    }
  }
  return results;
}

module.exports = { buildLocalServices };

if (require.main === module) {
  buildLocalServices({ quiet: process.argv.includes('--quiet') }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
