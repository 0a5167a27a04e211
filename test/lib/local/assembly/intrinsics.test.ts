// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation and Docker
import { Resolver } from '../../../../lib/local/assembly/resolver';
import { assemblyOf, removeTemporary, stackOf } from './written-assembly';

afterAll(removeTemporary);

const TEMPLATE = {
  Parameters: {
    Size: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Needed: { Type: 'String' },
    FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ami' },
  },
  Mappings: { Cities: { 'us-east-1': { city: 'Ashburn' } } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
  },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't' } },
    Other: { Type: 'Custom::Thing' },
    Absent: { Type: 'AWS::S3::Bucket', Condition: 'No' },
    LoopA: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['LoopB', 'TopicName'] } } },
    LoopB: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['LoopA', 'TopicName'] } } },
  },
  Outputs: { Out: { Value: 'x' } },
};
const stack = stackOf(TEMPLATE);
const value = (node: unknown) => stack.value(node, 'here');

test.each<[string, unknown, unknown]>([
  ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
  ['Ref of a parameter', { Ref: 'Size' }, 3],
  ['Ref of a list', { Ref: 'Zones' }, ['a', 'b']],
  ['Ref of a resource', { Ref: 'Table' }, 't'],
  ['GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/t'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Queue.QueueName' }, 'q'],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 1]] }, 'a-t-1'],
  ['Join of a list', { 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,b'],
  [
    'Sub',
    { 'Fn::Sub': '${AWS::Partition}/${Table.Arn}/${!Literal}/${Size}' },
    'aws/arn:aws:dynamodb:us-east-1:000000000000:table/t/${Literal}/3',
  ],
  ['Sub with variables', { 'Fn::Sub': ['${X}-${Table}', { X: { Ref: 'Size' } }] }, '3-t'],
  ['Select and Split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
  ['If not', { 'Fn::If': ['No', 'then', 'else'] }, 'else'],
  ['And', { 'Fn::If': ['Both', 1, 2] }, 2],
  ['Or', { 'Fn::If': ['Either', 1, 2] }, 1],
  ['FindInMap', { 'Fn::FindInMap': ['Cities', { Ref: 'AWS::Region' }, 'city'] }, 'Ashburn'],
  ['FindInMap with a default', { 'Fn::FindInMap': ['Cities', 'mars', 'city', { DefaultValue: 'none' }] }, 'none'],
  ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
  ['GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
  ['Cidr', { 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }] }, '10.0.1.0/24'],
  ['Length', { 'Fn::Length': { Ref: 'Zones' } }, 2],
  ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Size' } } }, '{"a":3}'],
  ['NoValue in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['NoValue in a list', [{ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, 2], [2]],
  ['an object with a key of its own named Ref and another', { Ref: 'Table', b: 1 }, { Ref: 'Table', b: 1 }],
])('resolves %s', (_name, node, expected) => {
  expect(value(node)).toEqual(expected);
});

test.each<[string, unknown, string]>([
  [
    'an unknown attribute',
    { a: { 'Fn::GetAtt': ['Other', 'Body.Text'] } },
    'here.a: cannot resolve Body.Text of Other (Custom::Thing); the local run does not know it',
  ],
  ['an unknown resource', { Ref: 'Nobody' }, 'here: stack S has no resource Nobody'],
  ['an unknown intrinsic', { 'Fn::Transform': {} }, 'here: the local run does not resolve Fn::Transform'],
  ['an unknown condition', { 'Fn::If': ['Maybe', 1, 2] }, 'here: stack S has no condition Maybe'],
  ['a parameter without a value', { Ref: 'Needed' }, 'here: parameter Needed of stack S has no default; give its value'],
  [
    'an SSM parameter without a value',
    { Ref: 'FromSsm' },
    'here: parameter FromSsm is SSM parameter /ami, whose value must be given to the local run',
  ],
  ['a missing map entry', { 'Fn::FindInMap': ['Cities', 'mars', 'city'] }, 'here: mapping Cities.mars.city is not in the template'],
  ['an element past the end', { 'Fn::Select': [2, ['a', 'b']] }, 'here: Fn::Select asks for element 2 of 2'],
  ['an import that nobody exports', { 'Fn::ImportValue': 'nothing' }, 'here: no stack of the assembly exports nothing'],
  ['a dynamic reference', '{{resolve:ssm:/x}}', 'here: dynamic reference {{resolve:ssm:/x}} is resolved only by CloudFormation'],
  ['a name that depends on itself', { Ref: 'LoopA' }, 'the name of LoopA depends on itself'],
])('fails for %s, when asked for', (_name, node, message) => {
  expect(() => value(node)).toThrow(message);
});

test('a resource whose condition does not hold is not there', () => {
  expect(stack.resourcesOf('AWS::S3::Bucket')).toEqual([]);
});

test('given values come before defaults', () => {
  const given = stackOf(TEMPLATE, { parameters: { Size: '7', Needed: 'n' }, ssmParameters: { '/ami': 'ami-1' } });
  expect([{ Ref: 'Size' }, { Ref: 'Needed' }, { Ref: 'FromSsm' }].map((node) => given.value(node, 'here'))).toEqual(['7', 'n', 'ami-1']);
});

test('values cross stacks by export and by output', () => {
  const resolver = Resolver.read(
    assemblyOf({
      A: {
        Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } } },
        Outputs: { O: { Value: { 'Fn::GetAtt': ['B', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:O' } } } },
      },
      B: {},
    }),
  );
  const b = resolver.stack('B');
  expect(b.value({ 'Fn::ImportValue': 'A:O' }, 'here')).toBe('arn:aws:s3:::b');
  expect(b.value({ 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'O' } }, 'here')).toBe('arn:aws:s3:::b');
});

test('queues and APIs are where the runner serves them once it says so', () => {
  const api = stackOf({
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
      Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { ServerlessCacheName: 'c', Engine: 'valkey' } },
    },
  });
  const url = {
    'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/approvals']],
  };
  const address = { 'Fn::Join': [':', [{ 'Fn::GetAtt': ['Cache', 'Endpoint.Address'] }, { 'Fn::GetAtt': ['Cache', 'Endpoint.Port'] }]] };
  expect(api.value(url, 'here')).toMatch(/^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/approvals$/);
  expect(api.value({ Ref: 'Queue' }, 'here')).toBe('https://sqs.us-east-1.amazonaws.com/000000000000/q');
  expect(api.value(address, 'here')).toBe('c.serverless.use1.cache.amazonaws.com:6379');
  api.resolver.setEndpoint(api, 'Api', 'http://127.0.0.1:1234/');
  api.resolver.setEndpoint(api, 'Cache', '127.0.0.1:7000');
  api.resolver.setQueueOrigin('http://127.0.0.1:99');
  expect(api.value(url, 'here')).toBe('http://127.0.0.1:1234/approvals');
  expect(api.value({ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, 'here')).toBe('http://127.0.0.1:1234');
  expect(api.value({ Ref: 'Queue' }, 'here')).toBe('http://127.0.0.1:99/000000000000/q');
  expect(api.value(address, 'here')).toBe('127.0.0.1:7000');
});
