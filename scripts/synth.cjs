// Synthesizes the reference stack to cdk.out as the CDK command line would, when something it depends on has changed.
// CDK's own validation of the template is left to `npx cdk synth` and the tests: it takes longer than all the rest.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { whenChanged } = require('./stamp.cjs');

const root = path.join(__dirname, '..');
const INPUTS = ['lib', 'bin', 'lambda/contract', 'dist/handlers', 'dist/images', 'cdk.json', 'package-lock.json'];

function synth() {
  return whenChanged('synth', INPUTS, ['cdk.out/manifest.json'], () => {
    const { context } = JSON.parse(fs.readFileSync(path.join(root, 'cdk.json'), 'utf8'));
    const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), 'bin/app.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CDK_OUTDIR: 'cdk.out', CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
    });
    if (status !== 0) throw new Error(`the reference stack does not synthesize:\n${stderr}`);
  });
}

module.exports = { synth };
