import { isOfCdk } from '../../../lib/template/of-cdk';
import { graphOfResources } from './graph-of';

test.each([
  ['Stack/@aws-cdk--aws-dynamodb.ReplicaProvider/OnEventHandler/Resource', true],
  ['Stack/Provider/framework-onEvent/Resource', true],
  ['Stack/Cluster/Capacity/DrainECSHook/Function/Topic/Resource', true],
  ['Stack/Handler/Resource', false],
  ['Stack/framework-mine/Resource', false],
  ['Stack/MyDrainECSHook/Resource', false],
])('%s: %s', (path, own) => {
  const [resource] = graphOfResources({ A: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:cdk:path': path } } }).resources;
  expect(isOfCdk(resource!)).toBe(own);
});

test('without a path nothing is known of it', () => {
  expect(isOfCdk(graphOfResources({ A: { Type: 'AWS::Lambda::Function' } }).resources[0]!)).toBe(false);
});
