import { inLocalEnvironment } from '../../../../lib/local/assembly/local-environment';
import { readAssembly } from '../../../../lib/local/assembly/read-assembly';
import { Resolver } from '../../../../lib/local/assembly/resolver';
import { directoryOf, removeTemporary } from './written-assembly';

afterAll(removeTemporary);

const ENVIRONMENTS = [
  { account: '123456789012', region: 'eu-west-1' },
  { account: '210987654321', region: 'us-gov-west-1' },
];

test.each([
  ['arn:aws:sqs:eu-west-1:123456789012:orders', 'arn:aws:sqs:us-east-1:000000000000:orders'],
  [':sqs:eu-west-1:123456789012:', ':sqs:us-east-1:000000000000:'],
  ['.execute-api.eu-west-1.', '.execute-api.us-east-1.'],
  ['https://sqs.eu-west-1.amazonaws.com/123456789012/orders', 'https://sqs.us-east-1.amazonaws.com/000000000000/orders'],
  ['sqs.eu-west-1.amazonaws.com', 'sqs.us-east-1.amazonaws.com'],
  [':iam::210987654321:root', ':iam::000000000000:root'],
  ['arn:aws:iam::210987654321:root', 'arn:aws:iam::000000000000:root'],
  ['123456789012', '000000000000'],
  ['arn:aws:s3:us-gov-west-1', 'arn:aws:s3:us-east-1'],
])('has the account and region of the local run in %s', (text, local) => {
  expect(inLocalEnvironment({ list: [text] }, ENVIRONMENTS)).toEqual({ list: [local] });
});

test.each(['eu-west-1', 'eu-west-1a', 'files-123456789012-eu-west-1', 'arn:aws:sqs:eu-west-2:123456789013:orders', 'order 1123456789012'])(
  'leaves %s as it is',
  (text) => {
    expect(inLocalEnvironment({ text, number: 123456789012, nothing: null }, ENVIRONMENTS)).toEqual({
      text,
      number: 123456789012,
      nothing: null,
    });
  },
);

test('changes nothing of a stack for any account and region', () => {
  const template = { text: ':unknown-account:', region: '.unknown-region.' };
  expect(inLocalEnvironment(template, [{}])).toBe(template);
});

test('an API and a queue of a stack with an account and a region are found where they are served', () => {
  const api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } };
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://123456789012/eu-west-1',
    properties: { templateFile: 'S.json' },
  };
  const directory = directoryOf({
    'manifest.json': JSON.stringify({ artifacts: { S: stack } }),
    'S.json': JSON.stringify({
      Resources: { Api: api },
      Outputs: { Url: { Value: { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.eu-west-1.amazonaws.com/prod/']] } } },
    }),
  });
  const resolver = new Resolver(readAssembly(directory));
  const [only] = resolver.stacks;
  resolver.setEndpoint(only!, 'Api', 'http://127.0.0.1:1234');
  expect(resolver.localAddresses(String(only!.output('Url', 'test')))).toBe('http://127.0.0.1:1234/prod/');
});
