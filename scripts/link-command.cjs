// Makes `npx serverless-ai` run in a clone what it runs in a project that installed the package: npm links a package's bin for others only.
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

function linkCommand() {
  const folder = path.join(root, 'node_modules', '.bin');
  const { bin } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(bin)) {
    const target = path.relative(folder, path.join(root, file));
    const link = path.join(folder, name);
    if (process.platform === 'win32') {
      fs.writeFileSync(`${link}.cmd`, `@node "%~dp0\\${target}" %*\r\n`);
      continue;
    }
    // Whoever runs it at this moment sees the old link or the new one.
    const temporary = `${link}.${process.pid}`;
    fs.symlinkSync(target, temporary);
    fs.renameSync(temporary, link);
  }
}

module.exports = { linkCommand };
