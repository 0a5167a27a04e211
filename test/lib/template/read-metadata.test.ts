import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { readTemplates } from '../../../lib/template/read-templates';
import { ResourceGraph } from '../../../lib/template/resource-graph';

const folder = mkdtempSync(join(tmpdir(), 'metadata-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(build: (app: App) => void, name: string) {
  const app = new App({ outdir: join(folder, name) });
  build(app);
  return readTemplates(app.synth().directory);
}

const silent = {
  name: 'Checks',
  validate: () => ({
    success: false,
    violations: [
      { ruleName: 'r', description: 'd', severity: 'error', violatingResources: [{ constructPath: 'Stage/Stack/Topic', locations: [] }] },
    ],
  }),
};

test('two nested stacks of one class have the same logical ids, and each its own paths', () => {
  class Part extends NestedStack {
    constructor(scope: Stack, id: string) {
      super(scope, id);
      new Topic(this, 'Topic');
    }
  }
  const sources = read((app) => {
    const stack = new Stack(app, 'Stack');
    new Topic(stack, 'Topic');
    new Part(stack, 'One');
    new Part(new Part(stack, 'Two'), 'Inner');
  }, 'nested');
  const [graph] = ResourceGraph.worlds(sources);
  const topics = graph!.ofType('AWS::SNS::Topic');
  expect(new Set(topics.map(({ logicalId }) => logicalId)).size).toBe(1);
  expect(topics.map(({ path }) => path).sort()).toEqual([
    'Stack/One/Topic/Resource',
    'Stack/Topic/Resource',
    'Stack/Two/Inner/Topic/Resource',
    'Stack/Two/Topic/Resource',
  ]);
});

test('an assembly says what was acknowledged on its constructs', () => {
  const [source] = read((app) => {
    const stack = new Stack(app, 'Stack');
    Validations.of(stack).acknowledge({ id: 'Checks::one', reason: 'all of it' });
    Validations.of(new Topic(stack, 'Topic')).acknowledge({ id: 'Checks::two', reason: 'this one' }, { id: 'three', reason: 'a warning' });
  }, 'acknowledged');
  expect(source!.acknowledged).toEqual([
    { id: 'Checks::one', at: 'Stack', reason: 'all of it' },
    { id: 'Checks::two', at: 'Stack/Topic', reason: 'this one' },
    { id: 'Annotation::three', at: 'Stack/Topic', reason: 'a warning' },
  ]);
});

test('what was acknowledged on the app or on a stage stands in the report of the synth, once it silenced something', () => {
  const [source] = read((app) => {
    const stage = new Stage(app, 'Stage');
    new Topic(new Stack(stage, 'Stack'), 'Topic');
    Validations.of(stage).acknowledge({ id: 'Checks::r', reason: 'for the demo' });
    Validations.of(app).addPlugins(silent);
  }, 'stage');
  expect(source!.acknowledged).toEqual([{ id: 'Checks::r', at: 'Stage', reason: 'for the demo' }]);
});
