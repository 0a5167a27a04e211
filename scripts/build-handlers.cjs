// Bundles every lambda/**/handler.ts to dist/handlers/<name>/index.js and copies the runtime interface client for the local run.
// Plain CommonJS, so that it runs right after `npm ci` with nothing but Node. Unchanged inputs are not rebuilt.
const fs = require('node:fs');
const path = require('node:path');
const { digestOf } = require('./stamp.cjs');

const root = path.join(__dirname, '..');
const out = path.join(root, 'dist', 'handlers');

/** Loaded from the image's node_modules at run time: a native module cannot be bundled. */
const EXTERNAL = ['onnxruntime-node'];

function findHandlers(directory, found = []) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) findHandlers(full, found);
    else if (entry.name === 'handler.ts') found.push(full);
  }
  return found.sort();
}

function nameOf(file) {
  return path
    .dirname(path.relative(path.join(root, 'lambda'), file))
    .split(path.sep)
    .join('-');
}

async function bundle(file) {
  const name = nameOf(file);
  const directory = path.join(out, name);
  const stamp = path.join(root, 'dist', '.stamps', `${name}.json`);
  const known =
    fs.existsSync(stamp) && fs.existsSync(path.join(directory, 'index.js')) ? JSON.parse(fs.readFileSync(stamp, 'utf8')) : undefined;
  if (known && digestOf(known.inputs) === known.digest) return { name, bytes: known.bytes, inputs: known.inputs, rebuilt: false };

  const result = await require('esbuild').build({
    entryPoints: [file],
    outfile: path.join(directory, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    charset: 'utf8',
    external: EXTERNAL,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
  });
  const inputs = Object.keys(result.metafile.inputs).concat('scripts/build-handlers.cjs');
  const bytes = fs.statSync(path.join(directory, 'index.js')).size;
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, JSON.stringify({ inputs, digest: digestOf(inputs), bytes }));
  return { name, bytes, inputs, rebuilt: true };
}

/** The real runtime interface client's JavaScript; its native part is replaced by lib/local/lambda's stand-in. */
function copyRuntimeInterfaceClient() {
  const from = path.dirname(require.resolve('aws-lambda-ric/package.json'));
  const to = path.join(root, 'dist', 'runtime-interface-client');
  fs.mkdirSync(to, { recursive: true });
  for (const file of ['index.mjs', 'LICENSE', 'NOTICE']) {
    if (fs.existsSync(path.join(from, file))) fs.copyFileSync(path.join(from, file), path.join(to, file));
  }
  for (const file of ['native-client.cjs', 'python-runtime.py']) {
    fs.copyFileSync(path.join(root, 'lib', 'local', 'lambda', file), path.join(to, file));
  }
}

async function buildHandlers({ quiet = false } = {}) {
  const results = await Promise.all(findHandlers(path.join(root, 'lambda')).map(bundle));
  copyRuntimeInterfaceClient();
  if (!quiet) {
    for (const { name, bytes, rebuilt } of results) {
      console.log(`${name.padEnd(24)} ${(bytes / 1024).toFixed(0).padStart(6)} kB${rebuilt ? '' : '  unchanged'}`);
    }
  }
  return results;
}

module.exports = { buildHandlers };

if (require.main === module) {
  buildHandlers({ quiet: process.argv.includes('--quiet') }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
