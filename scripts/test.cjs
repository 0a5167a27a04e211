// Installs what is missing, builds, and runs all tests. Arguments go to jest.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
require('./install.cjs').install();

const run = (script, args) => {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

run(require.resolve('tsx/cli'), [path.join(__dirname, 'build.ts')]);
run(path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), process.argv.slice(2));
