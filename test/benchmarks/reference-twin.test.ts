import { join } from 'node:path';
import { Template as CdkTemplate } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import { ReferenceTwinStack } from '../../benchmarks/reference-twin/reference-twin-stack';
import { PACKAGE_ROOT } from '../../lib/handlers/handler-asset';
import { ReferenceStack } from '../../lib/reference/reference-stack';
import { templateDifferences } from './template-difference';
import type { Template } from './template-graph';

const context = require('../../cdk.json').context as Record<string, unknown>;

function templateOf(create: (app: App) => Stack): Template {
  return CdkTemplate.fromStack(create(new App({ context }))).toJSON() as Template;
}

const reference = () => templateOf((app) => new ReferenceStack(app, 'ServerlessAi'));

test('the hand-written twin of the reference stack has the same template up to logical ids', () => {
  const twin = templateOf((app) => new ReferenceTwinStack(app, 'Twin', { dist: join(PACKAGE_ROOT, 'dist') }));
  expect(templateDifferences(reference(), twin)).toEqual([]);
});
