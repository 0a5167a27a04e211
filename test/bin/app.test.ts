import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'app-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The template as `cdk synth -c name=value` makes it; values of `-c` are always texts. */
function synth(context: Record<string, string>): string {
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), join('bin', 'app.ts')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return readFileSync(join(directory, 'ServerlessAi.template.json'), 'utf8');
}

test('what -c says reaches the stack', () => {
  const template = synth({ smallAccount: 'true', modelId: 'eu.amazon.nova-lite-v1:0', approvers: 'ada@example.com, ben@example.com' });
  expect(template).not.toContain('ProvisionedConcurrencyConfig');
  expect(template).toContain('"MODEL_ID": "eu.amazon.nova-lite-v1:0"');
  expect([...template.matchAll(/"Endpoint": "([^"]+@[^"]+)"/g)].map(([, address]) => address)).toEqual([
    'ada@example.com',
    'ben@example.com',
  ]);
}, 60_000);

test('smallAccount=false is no small account', () => {
  expect(synth({ smallAccount: 'false' })).toContain('ProvisionedConcurrencyConfig');
}, 60_000);
