import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { readTemplates } from '../../../lib/template/read-templates';

const folder = mkdtempSync(join(tmpdir(), 'read-templates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('an assembly gives its stacks, those of its stages and those nested in them', () => {
  const app = new App();
  const stack = new Stack(new Stage(app, 'Prod'), 'S', { env: { account: '123456789012', region: 'eu-west-1' } });
  new sqs.Queue(new NestedStack(stack, 'N'), 'Q');
  new Stack(app, 'Other');
  const sources = readTemplates(app.synth().directory);
  expect(sources.map(({ stackName, region, account, parent }) => ({ stackName, region, account, nested: parent !== undefined }))).toEqual([
    { stackName: 'Prod-S', region: 'eu-west-1', account: '123456789012', nested: false },
    { stackName: expect.stringMatching(/^Prod-S-NNestedStack/), region: 'eu-west-1', account: '123456789012', nested: true },
    { stackName: 'Other', region: undefined, account: undefined, nested: false },
  ]);
});

test('a template file is a stack of its name', () => {
  const [source] = readTemplates(file('Orders.template.json', { Resources: { Q: { Type: 'AWS::SQS::Queue' } } }));
  expect(source).toMatchObject({ name: 'Orders', stackName: 'Orders', template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } } });
});

test.each([
  [
    'a file that is not there',
    () => join(folder, 'nowhere'),
    /nowhere is not there; name an assembly directory \(cdk\.out\) or a template file$/,
  ],
  ['what is no JSON', () => file('broken.json', '{'), /broken\.json is not JSON: /],
  ['what is no template', () => file('other.json', { a: 1 }), /other\.json is no CloudFormation template: it has no Resources$/],
  ['a list of resources', () => file('list.json', { Resources: [] }), /list\.json is no CloudFormation template/],
  ['a directory that is no assembly', () => folder, /manifest\.json is missing; is its directory a CDK assembly/],
])('fails on %s', (_name, path, message) => {
  expect(() => readTemplates(path())).toThrow(message);
});
