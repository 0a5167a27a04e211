import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { snapshotOf } from '../../../lib/synth/snapshot-of';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

function handlerDirectory(source: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'snapshot-'));
  directories.push(directory);
  writeFileSync(join(directory, 'index.js'), source);
  return directory;
}

function snapshot(source: string, timeout = Duration.seconds(10)) {
  const stack = new Stack(new App({ analyticsReporting: true }), 'S', { env: { region: 'us-east-1', account: '123456789012' } });
  const fn = new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(handlerDirectory(source)),
    timeout,
  });
  new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
  return snapshotOf(stack);
}

test('a comment in a handler changes nothing', () => {
  expect(snapshot('exports.handler = () => 1;')).toEqual(snapshot('// why\nexports.handler = () => 1;'));
});

test('a changed timeout changes the snapshot', () => {
  const source = 'exports.handler = () => 1;';
  expect(snapshot(source, Duration.seconds(11))).not.toEqual(snapshot(source));
});

test('references to a version follow its normalised id, and nothing of CDK itself is left', () => {
  const text = JSON.stringify(snapshot('exports.handler = () => 2;'));
  const id = /"(Fn[^"]*CurrentVersion[0-9A-F]{8}<version>)":/.exec(text)?.[1];
  expect(id).toBeDefined();
  expect(text).toContain(`{"Fn::GetAtt":["${id}","Version"]}`);
  expect(text).not.toMatch(/[0-9a-f]{64}|BootstrapVersion|AWS::CDK::Metadata/);
});
