// Everything but the tests: types, lint, the jsii build, generated documentation. Stops at the first that fails.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

const CHECKS = [
  ['types', bin('tsc'), ['--noEmit']],
  ['lint', bin('biome'), ['check', '.']],
  ['build', bin('tsx'), ['scripts/build.ts']],
  ['documentation equals data', bin('tsx'), ['scripts/docs.ts', '--check']],
  ['architecture', bin('jest'), ['test/architecture.test.ts', 'test/contract.test.ts', '--silent']],
];

for (const [name, command, args] of CHECKS) {
  const since = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'} ${name} ${((Date.now() - since) / 1000).toFixed(1)} s`);
  if (status !== 0) process.exit(1);
}
