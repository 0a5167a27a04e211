// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation
import { functionTarget } from '../../../lib/template/function-target';
import { graphOfResources } from './graph-of';

const RESOURCES = {
  F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } },
  G: { Type: 'AWS::Lambda::Function' },
  V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } } },
  Live: {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { Ref: 'F' }, Name: 'live', FunctionVersion: { 'Fn::GetAtt': ['V', 'Version'] } },
  },
  R: { Type: 'AWS::IAM::Role' },
};

const ARN = { 'Fn::GetAtt': ['F', 'Arn'] };
const URI = 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/';

test.each([
  ['a name', { Ref: 'F' }, 'F', 'none', undefined],
  ['an ARN', ARN, 'F', 'none', undefined],
  ['an alias', { Ref: 'Live' }, 'F', 'alias', 'Live'],
  ['a version', { Ref: 'V' }, 'F', 'version', 'V'],
  ['an ARN with $LATEST', { 'Fn::Join': ['', [ARN, ':$LATEST']] }, 'F', 'latest', undefined],
  ['an ARN with the name of an alias', { 'Fn::Sub': '${F.Arn}:live' }, 'F', 'alias', 'Live'],
  ['an ARN with an alias that is not here', { 'Fn::Sub': '${F.Arn}:other' }, 'F', 'alias', undefined],
  ['an ARN with a number', { 'Fn::Sub': '${F.Arn}:3' }, 'F', 'version', undefined],
  ['an ARN with the version of a resource', { 'Fn::Join': [':', [ARN, { 'Fn::GetAtt': ['V', 'Version'] }]] }, 'F', 'version', 'V'],
  ['the name of a function', 'orders', 'F', 'none', undefined],
  ['an ARN of a name', 'arn:aws:lambda:us-east-1:123456789012:function:orders', 'F', 'none', undefined],
  ['an ARN of a name and an alias', 'arn:aws:lambda:us-east-1:123456789012:function:orders:live', 'F', 'alias', 'Live'],
  ['the URI of an integration', { 'Fn::Join': ['', [URI, ARN, '/invocations']] }, 'F', 'none', undefined],
  ['the URI of an integration with an alias', { 'Fn::Join': ['', [URI, { Ref: 'Live' }, '/invocations']] }, 'F', 'alias', 'Live'],
  ['the URI of a literal ARN', `${URI}arn:aws:lambda:us-east-1:123456789012:function:orders/invocations`, 'F', 'none', undefined],
])('%s leads to the function', (_name, value, logicalId, qualifier, via) => {
  const graph = graphOfResources({ ...RESOURCES, T: { Type: 'X::Y::Z', Properties: { value } } });
  const target = functionTarget(graph, graph.ofType('X::Y::Z')[0]!.get('value'));
  expect(target).toEqual({
    fn: expect.objectContaining({ logicalId }),
    qualifier,
    ...(via !== undefined && { via: expect.objectContaining({ logicalId: via }) }),
  });
});

test.each([
  ['another resource', { Ref: 'R' }],
  ['another name', 'payments'],
  ['an unknown value', { Ref: 'AWS::Region' }],
  ['the log group of a function', { 'Fn::Sub': '/aws/lambda/${G.Name}' }],
  ['nothing', undefined],
])('%s leads to none', (_name, value) => {
  const graph = graphOfResources({ ...RESOURCES, T: { Type: 'X::Y::Z', Properties: { value } } });
  expect(functionTarget(graph, graph.ofType('X::Y::Z')[0]!.get('value'))).toBeUndefined();
});
