import { templateDifferences } from './template-difference';
import type { Template } from './template-graph';

/** Two functions, each with a role and a queue for its failures. */
function template(names: { first: string; second: string }, change: Record<string, unknown> = {}): Template {
  const group = (id: string, handler: string) => ({
    [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    [`${id}Queue`]: { Type: 'AWS::SQS::Queue', Properties: {} },
    [`${id}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: `${id}Policy`,
        Roles: [{ Ref: `${id}Role` }],
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: { 'Fn::GetAtt': [`${id}Queue`, 'Arn'] } },
            { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' },
          ],
        },
      },
    },
    [`${id}Function`]: {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: handler, Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] }, Timeout: 60 },
      DependsOn: [`${id}Policy`, `${id}Role`],
    },
  });
  return {
    Resources: { ...group(names.first, 'first'), ...group(names.second, 'second'), ...change } as Template['Resources'],
  };
}

const LEFT = template({ first: 'A', second: 'B' });

test('other logical ids, another order of resources and of statements make no difference', () => {
  const { Resources } = template({ first: 'Zebra', second: 'Yak' });
  const policy = structuredClone(Resources['ZebraPolicy']) as unknown as { Properties: { PolicyDocument: { Statement: unknown[] } } };
  policy.Properties.PolicyDocument.Statement.reverse();
  const right = Object.fromEntries(Object.entries({ ...Resources, ZebraPolicy: policy }).reverse());
  expect(templateDifferences(LEFT, { Resources: right } as unknown as Template)).toEqual([]);
});

test('a changed property is named with both values', () => {
  const change = {
    BFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'second', Role: { 'Fn::GetAtt': ['BRole', 'Arn'] }, Timeout: 61 },
      DependsOn: ['BPolicy', 'BRole'],
    },
  };
  expect(templateDifferences(LEFT, template({ first: 'A', second: 'B' }, change))).toEqual([
    'AWS::Lambda::Function BFunction and BFunction:',
    '  Properties.Timeout: 60 | 61',
  ]);
});

test('a statement that one side lacks is shown whole', () => {
  const { Resources } = template({ first: 'A', second: 'B' });
  const policy = structuredClone(Resources['APolicy']) as unknown as { Properties: { PolicyDocument: { Statement: unknown[] } } };
  policy.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Resource: { Ref: 'AQueue' } });
  const changed = { Resources: { ...Resources, APolicy: policy } } as unknown as Template;
  expect(templateDifferences(LEFT, changed)).toEqual([
    // Which of the two equal policies on the left is the counterpart, nothing tells yet.
    expect.stringMatching(/^AWS::IAM::Policy [AB]Policy and APolicy:$/),
    '  Properties.PolicyDocument.Statement: nothing | {Action:"s3:GetObject",Effect:"Allow",Resource:-> AQueue.Ref}',
  ]);
});

test('references that cross over are a difference though every resource looks the same', () => {
  const { Resources } = template({ first: 'A', second: 'B' });
  const crossed = JSON.parse(
    JSON.stringify(Resources).replaceAll('"AQueue","Arn"', '"other","Arn"').replaceAll('"BQueue","Arn"', '"AQueue","Arn"'),
  );
  const text = JSON.stringify(crossed).replaceAll('"other","Arn"', '"BQueue","Arn"');
  // The queues differ in nothing, so crossing both is the same graph again; a role that is swapped alone is not.
  expect(templateDifferences(LEFT, { Resources: JSON.parse(text) })).toEqual([]);
  const swapped = JSON.parse(JSON.stringify(Resources).replaceAll('{"Ref":"BRole"}', '{"Ref":"ARole"}'));
  expect(templateDifferences(LEFT, { Resources: swapped })).not.toEqual([]);
});

test('a resource that is missing or one too many is named', () => {
  const extra = { Extra: { Type: 'AWS::SNS::Topic', Properties: {} } };
  expect(templateDifferences(LEFT, template({ first: 'A', second: 'B' }, extra))).toEqual(['AWS::SNS::Topic Extra is on the right only']);
  expect(templateDifferences(template({ first: 'A', second: 'B' }, extra), LEFT)).toEqual(['AWS::SNS::Topic Extra is on the left only']);
});

test('a state machine is compared as JSON, its references included', () => {
  const machine = (definition: unknown) => ({
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: definition } },
  });
  const one = { 'Fn::Join': ['', ['{"a":{"b":1,"c":"', { Ref: 'AQueue' }, '!"}}']] };
  const reordered = { 'Fn::Join': ['', ['{"a":{"c":"', { Ref: 'AQueue' }, '!","b":1}}']] };
  const elsewhere = { 'Fn::Join': ['', ['{"a":{"c":"', { Ref: 'BQueue' }, '!","b":1}}']] };
  const names = { first: 'A', second: 'B' };
  expect(templateDifferences(template(names, machine(one)), template(names, machine(reordered)))).toEqual([]);
  expect(templateDifferences(template(names, machine(one)), template(names, machine(elsewhere)))).not.toEqual([]);
});

test('a name that a stack chooses counts by where it is repeated', () => {
  const cache = (name: string, repeated: string) => ({
    Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { ServerlessCacheName: name } },
    Reader: { Type: 'AWS::SSM::Parameter', Properties: { Value: `cache ${repeated}` } },
  });
  const names = { first: 'A', second: 'B' };
  const left = template(names, cache('one-cache', 'one-cache'));
  expect(templateDifferences(left, template(names, cache('another', 'another')))).toEqual([]);
  expect(templateDifferences(left, template(names, cache('another', 'third')))).toEqual([
    'AWS::SSM::Parameter Reader and Reader:',
    '  Properties.Value: "cache <AWS::ElastiCache::ServerlessCache ServerlessCacheName>" | "cache third"',
  ]);
});
