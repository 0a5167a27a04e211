// Installs what is missing, with nothing but Node and npm. Install scripts stay off (.npmrc): no dependency of ours needs one.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** npm writes this file at the end of an install; an interrupted or outdated one is repeated. */
function isInstalled() {
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  return fs.existsSync(hidden) && fs.statSync(hidden).mtimeMs >= fs.statSync(path.join(root, 'package-lock.json')).mtimeMs;
}

function install({ quiet = false } = {}) {
  if (isInstalled()) return;
  if (!quiet) console.error('installing dependencies from the npm registry (once)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', quiet ? 'ignore' : 2, 2],
    shell: process.platform === 'win32',
  });
  const now = new Date();
  fs.utimesSync(path.join(root, 'node_modules', '.package-lock.json'), now, now);
}

module.exports = { install };
