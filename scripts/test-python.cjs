// Installs what the Python image installs into an environment under .cache and runs the image's tests with it. Where that is not possible, the tests say
// which part was not run.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const runtime = path.join(root, '.cache', 'python-runtime');
const environment = path.join(root, '.cache', 'python');
const requirements = path.join(root, 'models', 'sentiment-python', 'requirements.txt');

const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0;

const installed =
  run('python3', ['-m', 'venv', environment]) &&
  run(path.join(environment, 'bin', 'python'), [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1'],
    ...['--only-binary=:all:', '-r', requirements],
  ]);
/** Node.js with the runtime's version of the Python image: between versions the quantized numbers differ a little. */
function installRuntime() {
  const [, version] = /^onnxruntime==(\S+)/m.exec(fs.readFileSync(requirements, 'utf8'));
  const flags = ['--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  fs.mkdirSync(runtime, { recursive: true });
  fs.writeFileSync(path.join(runtime, 'package.json'), '{"private":true}');
  return spawnSync('npm', ['install', ...flags, `onnxruntime-node@${version}`], { cwd: runtime, stdio: 'inherit' }).status === 0;
}

if (!installed || !installRuntime()) {
  console.log('the requirements of the Python image cannot be installed here');
  for (const directory of [environment, runtime]) fs.rmSync(directory, { recursive: true, force: true });
}

const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), 'test/models'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
