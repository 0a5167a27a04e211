import { join } from 'node:path';
import { readAssembly } from '../../../../lib/local/assembly/read-assembly';
import { Resolver } from '../../../../lib/local/assembly/resolver';
import { assemblyOf, directoryOf, removeTemporary } from './written-assembly';

afterAll(removeTemporary);

const BUCKET = { Type: 'AWS::S3::Bucket' };

test('fails when the directory is missing', () => {
  expect(() => readAssembly('/nowhere/cdk.out')).toThrow('/nowhere/cdk.out is not a directory; run "cdk synth" first');
});

test('fails when the directory is no assembly', () => {
  const directory = directoryOf({ 'other.txt': '' });
  expect(() => readAssembly(directory)).toThrow(
    `${join(directory, 'manifest.json')} is missing; is its directory a CDK assembly (cdk.out)?`,
  );
});

test.each([
  ['{', /manifest\.json is not JSON: /],
  ['[]', /manifest\.json is not a JSON object$/],
  ['{}', /holds no stack$/],
  ['{"artifacts":{"S":{"type":"aws:cloudformation:stack"}}}', /^artifact S of the manifest has no templateFile$/],
  [
    '{"artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.template.json"}}}}',
    /S\.template\.json is missing/,
  ],
])('fails when the manifest is %s', (manifest, message) => {
  expect(() => readAssembly(directoryOf({ 'manifest.json': manifest }))).toThrow(message);
});

test('fails when a template or an asset manifest is broken, naming the file', () => {
  expect(() => readAssembly(assemblyOf({ S: {} }, { 'S.template.json': 'nope' }))).toThrow(/S\.template\.json is not JSON/);
  expect(() => readAssembly(assemblyOf({ S: {} }, { 'S.assets.json': 'nope' }))).toThrow(/S\.assets\.json is not JSON/);
});

test('reads nested assemblies and nested stacks', () => {
  const nested = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'https://s3/abc.json', Parameters: { Name: { Ref: 'B' } } },
  };
  const directory = directoryOf({
    'manifest.json': JSON.stringify({
      artifacts: {
        stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-stage' } },
      },
    }),
    'assembly-stage/manifest.json': JSON.stringify({
      artifacts: {
        S: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'S.json', stackName: 'Stage-S' },
          metadata: { '/Stage/S/B/Resource': [{ type: 'aws:cdk:logicalId', data: 'B' }] },
        },
        A: { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } },
      },
    }),
    'assembly-stage/S.json': JSON.stringify({
      Resources: {
        B: BUCKET,
        N: nested,
        T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['N', 'Outputs.Made'] } } },
      },
    }),
    'assembly-stage/N.json': JSON.stringify({
      Parameters: { Name: { Type: 'String' } },
      Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Name' } } } },
      Outputs: { Made: { Value: { 'Fn::GetAtt': ['Q', 'QueueName'] } } },
    }),
    'assembly-stage/S.assets.json': JSON.stringify({
      files: { abc: { source: { path: 'N.json' }, destinations: { d: { objectKey: 'abc.json' } } } },
    }),
  });
  const resolver = Resolver.read(directory);
  expect(resolver.stacks.map(({ name }) => name)).toEqual(['Stage-S', 'Stage-S-N']);
  const [stack] = resolver.stacks;
  expect(stack?.resourcesOf('AWS::S3::Bucket')[0]?.path).toBe('Stage/S/B/Resource');
  expect(stack?.identity('T').name).toBe(stack?.identity('B').name);
});

test('names the stacks that there are when asked for another', () => {
  expect(() => Resolver.read(assemblyOf({ A: {}, B: {} })).stack('C')).toThrow(/^no stack C in .*; it has A, B$/);
});
