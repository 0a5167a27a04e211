// Remembers the inputs of a build step, so that unchanged inputs are not built again.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** Files below a folder or the file itself, relative to the root, in a fixed order. */
function filesBelow(entry) {
  const full = path.join(root, entry);
  if (!fs.existsSync(full)) return [];
  if (!fs.statSync(full).isDirectory()) return [entry];
  return fs
    .readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(path.join(entry, name)));
}

function digestOf(entries) {
  const hash = createHash('sha256');
  for (const file of [...new Set(entries.flatMap(filesBelow))].sort()) {
    hash
      .update(file)
      .update('\0')
      .update(fs.readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Runs `build` unless `inputs` (files and folders) are as they were and every output still exists. */
async function whenChanged(name, inputs, outputs, build) {
  const stamp = path.join(root, 'dist', '.stamps', `${name}.txt`);
  const digest = digestOf(inputs);
  const fresh =
    fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest && outputs.every((output) => fs.existsSync(path.join(root, output)));
  if (fresh) return false;
  await build();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, digest);
  return true;
}

module.exports = { digestOf, whenChanged };
