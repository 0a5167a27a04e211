import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../../lib/reference/reference-stack';

const ROOT = join(__dirname, '..', '..');
/** How CDK's built-in validation of templates names itself in its report. */
const BUILT_IN = 'CloudFormation Validate';

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly conclusion: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

interface Synth {
  readonly code: number | null;
  readonly output: string;
  readonly report?: Report;
}

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'synth-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** `npx cdk synth` as a user types it, by the command line that this project pins. */
async function synth(name: string, ...options: string[]): Promise<Synth> {
  const out = join(directory, name);
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const { CDK_VALIDATION: _off, NODE_ENV: _test, JEST_WORKER_ID: _worker, ...environment } = process.env;
  const command = spawn(process.execPath, [cdk, 'synth', '--quiet', '--no-notices', '--output', out, ...options], {
    cwd: ROOT,
    env: { ...environment, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1', NO_COLOR: '1' },
  });
  let output = '';
  command.stdout.on('data', (text) => (output += text));
  command.stderr.on('data', (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => command.on('exit', resolve));
  const report = join(out, 'validation-report.json');
  return { code, output, report: existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : undefined };
}

test('cdk synth finds no error in the reference stack', async () => {
  const { code, output, report } = await synth('whole');
  expect({ code, output }).toEqual({ code: 0, output: expect.not.stringMatching(/\bERROR\b|\bWARNING\b|Acknowledge with/) });
  // CDK's own validation is not listed when it found nothing; ours is, with what was acknowledged.
  expect(report?.pluginReports).toMatchObject([{ pluginName: 'ServerlessAiChecks', conclusion: 'success', violations: [] }]);
  expect(process.env['CDK_VALIDATION']).toBe('false');
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const unchecked = new App({ outdir: join(directory, 'unchecked'), context });
  new ReferenceStack(unchecked, 'ServerlessAi');
  unchecked.synth();
  expect(existsSync(join(unchecked.outdir, 'manifest.json'))).toBe(true);
  expect(existsSync(join(unchecked.outdir, 'validation-report.json'))).toBe(false);
}, 300_000);

test('the same command fails when one property breaks a rule', async () => {
  const app = join(directory, 'broken.ts');
  writeFileSync(
    app,
    `import { App, type CfnResource } from '${ROOT}/node_modules/aws-cdk-lib/core';
import { ReferenceStack } from '${ROOT}/lib/reference/reference-stack';

const app = new App();
const stack = new ReferenceStack(app, 'ServerlessAi');
(stack.node.findChild('Chat').node.findChild('Function').node.defaultChild as CfnResource).addPropertyOverride('Timeout', 901);
app.synth();
`,
  );
  const { code, output, report } = await synth('broken', '--app', `npx tsx ${app}`);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('CloudFormation-Validate::E3717') });
  expect(report?.pluginReports).toEqual([
    expect.objectContaining({
      pluginName: BUILT_IN,
      conclusion: 'failure',
      violations: [
        expect.objectContaining({
          ruleName: 'E3717',
          violatingConstructs: [expect.objectContaining({ constructPath: 'ServerlessAi/Chat/Function/Resource' })],
        }),
      ],
    }),
  ]);
}, 300_000);
