import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

test('requiring the checks loads no parser; reading a Dockerfile does', () => {
  const ROOT = join(__dirname, '../../..');
  const script = `
    const loaded = () => Object.keys(require.cache).some((file) => file.endsWith('dockerfile-ast.cjs'));
    require('./lib/validation/rules/rule-table.ts');
    const before = loaded();
    require('./lib/images/dockerfile.ts').readDockerfile('FROM x');
    console.log(JSON.stringify([before, loaded()]));`;
  const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toEqual([false, true]);
}, 60_000);
