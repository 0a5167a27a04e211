import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { functionSpecs } from '../../../../lib/local/assembly/functions';
import { Resolver } from '../../../../lib/local/assembly/resolver';
import { inlineFunction, runSmall, smallApp, stopAll } from '../small-app';

jest.setTimeout(60_000);

let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'function-settings-'));
});

afterEach(async () => {
  await stopAll();
  rmSync(scratch, { recursive: true, force: true });
});

function specsOf(build: Parameters<typeof smallApp>[0]) {
  const { stacks } = Resolver.read(smallApp(build).synth().directory);
  return stacks.flatMap((stack) => functionSpecs(stack, { cacheDirectory: join(scratch, 'cache') }));
}

test('aliases, shares, provisioned and asynchronous settings are read from the template', () => {
  const [spec] = specsOf((stack) => {
    const fn = inlineFunction(stack, 'Fn', 'return 1;', {
      deadLetterQueue: new sqs.Queue(stack, 'Dead'),
      loggingFormat: lambda.LoggingFormat.JSON,
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      durableConfig: { executionTimeout: Duration.hours(2), retentionPeriod: Duration.days(3) },
    });
    const other = new lambda.CfnVersion(stack, 'Other', { functionName: fn.functionName });
    const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion, provisionedConcurrentExecutions: 2 });
    (alias.node.defaultChild as lambda.CfnAlias).routingConfig = {
      additionalVersionWeights: [{ functionVersion: other.attrVersion, functionWeight: 0.25 }],
    };
    alias.configureAsyncInvoke({ maxEventAge: Duration.minutes(5), retryAttempts: 0 });
  });
  expect(spec).toMatchObject({
    provisioned: { live: 2 },
    maximumEventAgeMs: { live: 300_000 },
    retryAttempts: { live: 0 },
    deadLetterArn: expect.stringMatching(/^arn:aws:sqs:.*Dead/),
    systemLogs: { json: true, reports: false },
    durable: { executionTimeoutSeconds: 7_200, retentionDays: 3 },
  });
  expect(Object.values(spec!.weights!['live']!)).toEqual([0.25]);
  expect(spec!.versions).toHaveLength(2);
});

test('auto scaling provisions its least capacity', () => {
  const [spec] = specsOf((stack) => {
    const alias = inlineFunction(stack, 'Fn', 'return 1;').addAlias('live');
    alias.addAutoScaling({ minCapacity: 3, maxCapacity: 5 });
  });
  expect(spec?.provisioned).toEqual({ live: 3 });
});

test('a function finds what its layers bring, later ones over earlier ones', async () => {
  const layer = (name: string, files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(scratch, name, file, '..'), { recursive: true });
      writeFileSync(join(scratch, name, file), text);
    }
    return join(scratch, name);
  };
  const first = layer('first', {
    'nodejs/node_modules/one/index.js': 'module.exports = 1;',
    'nodejs/node_modules/both/index.js': 'module.exports = "first";',
  });
  const second = layer('second', { 'nodejs/node_modules/both/index.js': 'module.exports = "second";' });
  const local = await runSmall((stack) => {
    const layers = [first, second].map(
      (path, index) => new lambda.LayerVersion(stack, `Layer${index}`, { code: lambda.Code.fromAsset(path) }),
    );
    inlineFunction(stack, 'Fn', `return [require('one'), require('both')];`, { layers });
  });
  expect(await local.function('Fn').invoke({})).toEqual([1, 'second']);
});

test('a layer of somebody else is refused by its ARN', () => {
  const arn = 'arn:aws:lambda:us-east-1:123456789012:layer:Theirs:7';
  const specs = () =>
    specsOf((stack) => {
      const layers = [lambda.LayerVersion.fromLayerVersionArn(stack, 'Theirs', arn)];
      inlineFunction(stack, 'Fn', 'return 1;', { layers });
    });
  expect(specs).toThrow(
    `Small/Fn/Resource: layer ${arn} is not in the assembly, so the local run has not its files; make it a LayerVersion of the app`,
  );
});
