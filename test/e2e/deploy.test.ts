import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingAws, roleKey } from './recording-aws';

const ROOT = join(__dirname, '..', '..');
const ASSETS_BUCKET = 'cdk-hnb659fds-assets-123456789012-us-east-1';

let directory: string;
let aws: RecordingAws;
let output = '';

/** Stands in for the docker command, which no machine needs for this test, and writes down how it was called. */
function recordingDocker(): string {
  const script = join(directory, 'docker');
  writeFileSync(script, `#!/bin/sh\necho "$@" >> "${join(directory, 'docker.log')}"\n[ "$1" = inspect ] && exit 1\nexit 0\n`);
  chmodSync(script, 0o755);
  return script;
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'deploy-'));
  aws = new RecordingAws();
  const url = await aws.start();
  const command = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
      'deploy',
      '--require-approval',
      'never',
      '--no-notices',
      '--output',
      join(directory, 'out'),
    ],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        HOME: directory,
        CDK_VALIDATION: 'false',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: '1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: 'DEVELOPER',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_REGION: 'us-east-1',
        CDK_DOCKER: recordingDocker(),
      },
    },
  );
  command.stdout.on('data', (text) => (output += text));
  command.stderr.on('data', (text) => (output += text));
  const code = await new Promise((resolve) => command.on('exit', resolve));
  if (code !== 0) throw new Error(`cdk deploy ended with ${code}:\n${output}`);
}, 180_000);

afterAll(async () => {
  await aws.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface AssetManifest {
  readonly files: Record<string, { destinations: Record<string, { objectKey: string }> }>;
  readonly dockerImages: Record<string, { destinations: Record<string, { imageTag: string }> }>;
}

function manifest(): AssetManifest {
  const name = readdirSync(join(directory, 'out')).find((file) => file.endsWith('.assets.json'));
  return JSON.parse(readFileSync(join(directory, 'out', name ?? ''), 'utf8'));
}

const destinations = <T>(entries: Record<string, { destinations: Record<string, T> }>) =>
  Object.values(entries).flatMap(({ destinations: all }) => Object.values(all));

test('it assumes the bootstrap roles for files, images and the deployment', () => {
  const roles = aws.calls.filter(({ operation }) => operation === 'AssumeRole').map(({ params }) => roleKey(params['RoleArn'] ?? ''));
  expect([...new Set(roles)].sort()).toEqual(['ROLEDEPLOY', 'ROLEFILEPUBLISHING', 'ROLEIMAGEPUBLISHING']);
});

test('every file asset and the template are published under the publishing role', () => {
  const put = aws.calls.filter(({ service, operation }) => service === 's3' && operation.startsWith('PUT '));
  const wanted = destinations(manifest().files).map(({ objectKey }) => `PUT /${ASSETS_BUCKET}/${objectKey}`);
  expect(wanted.length).toBeGreaterThan(10);
  expect(put.map(({ operation }) => operation).sort()).toEqual(wanted.sort());
  expect(put.every(({ accessKeyId, bytes }) => accessKeyId === 'ROLEFILEPUBLISHING' && bytes > 0)).toBe(true);
});

test('every image is built for one architecture and pushed', () => {
  const log = readFileSync(join(directory, 'docker.log'), 'utf8');
  const tags = destinations(manifest().dockerImages).map(({ imageTag }) => imageTag);
  expect(tags.length).toBeGreaterThan(0);
  for (const tag of tags) {
    expect(log).toMatch(new RegExp(`^build .*cdkasset-${tag}.*--platform linux/arm64`, 'm'));
    expect(log).toMatch(new RegExp(`^push 123456789012\\.dkr\\.ecr\\..*:${tag}$`, 'm'));
  }
});

test('the change set is created and executed under the deployment role', () => {
  const made = aws.calls.filter(({ operation }) => operation === 'CreateChangeSet' || operation === 'ExecuteChangeSet');
  expect(made.map(({ operation, accessKeyId }) => `${operation} ${accessKeyId}`)).toEqual([
    'CreateChangeSet ROLEDEPLOY',
    'ExecuteChangeSet ROLEDEPLOY',
  ]);
  expect(made[0]?.params['StackName']).toBe('ServerlessAi');
  expect(made[0]?.params['Capabilities.member.1']).toBe('CAPABILITY_IAM');
});
