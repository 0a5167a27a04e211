// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation
import { documentStatements, managedPolicies, roleOf, statementsOf } from '../../../lib/template/role-statements';
import { render } from '../../../lib/template/value';
import { graphOf, graphOfResources } from './graph-of';

const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({ Statement: [{ Effect: 'Allow', Action, Resource, ...more }] });

const graph = graphOf({
  S: {
    Resources: {
      R: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Policies: [{ PolicyName: 'inline', PolicyDocument: allow('s3:GetObject', '*') }],
          ManagedPolicyArns: [
            'arn:aws:iam::aws:policy/ReadOnlyAccess',
            { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']] },
            { Ref: 'Managed' },
          ],
        },
      },
      Q: { Type: 'AWS::SQS::Queue' },
      P: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'R' }],
          PolicyDocument: allow(
            ['sqs:SendMessage', 'sqs:GetQueueUrl'],
            { 'Fn::GetAtt': ['Q', 'Arn'] },
            { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
          ),
        },
      },
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('kms:Decrypt', '*') } },
      Text: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: { Ref: 'R' }, PolicyDocument: JSON.stringify(allow('sns:Publish', '*', { Effect: 'Deny' })) },
      },
      F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] } } },
      Imported: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::123456789012:role/theirs' } },
    },
  },
});
const [role] = graph.ofType('AWS::IAM::Role');

test('statements of every kind of policy of a role are found', () => {
  const found = statementsOf(graph, role!).map(
    ({ effect, actions, resources, in: holder }) =>
      `${effect} ${actions.join(',')} ${resources.map(render).join(',')} in ${holder.logicalId}`,
  );
  expect(found).toEqual([
    'Allow s3:GetObject * in R',
    'Allow kms:Decrypt * in Managed',
    'Allow sqs:SendMessage,sqs:GetQueueUrl ${S/Q.Arn} in P',
    'Deny sns:Publish * in Text',
  ]);
});

test('a condition is kept', () => {
  const [, , statement] = statementsOf(graph, role!);
  expect(render(statement!.condition)).toBe('{Bool: {aws:SecureTransport: true}}');
});

test('managed policies of AWS are named', () => {
  expect(managedPolicies(role!)).toEqual(['ReadOnlyAccess', 'service-role/AWSLambdaBasicExecutionRole']);
});

test('what is no ARN names no managed policy', () => {
  const { resources } = graphOfResources({
    R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [null, 7, {}, { Ref: 'Nowhere' }] } },
  });
  expect(managedPolicies(resources[0]!)).toEqual([]);
});

test('the role of a function is the one of the template, or none', () => {
  expect(graph.ofType('AWS::Lambda::Function').map((fn) => roleOf(fn, 'Role')?.logicalId)).toEqual(['R', undefined]);
});

test('a policy that cannot be read has no statements', () => {
  expect(documentStatements('nothing', role!)).toEqual([]);
  expect(statementsOf(graph, graph.ofType('AWS::SQS::Queue')[0]!)).toEqual([]);
});
