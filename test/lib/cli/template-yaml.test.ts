import { templateFromYaml } from '../../../lib/cli/template-yaml';

test('short forms are written out, at any depth and in any shape', () => {
  expect(
    templateFromYaml(`
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Not: !Not [!Condition IsProd]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsProd
    Properties:
      QueueName: !Sub "\${AWS::StackName}-jobs"
      VisibilityTimeout: !If [IsProd, 30, !Ref AWS::NoValue]
      Tags: !Split [",", !ImportValue tags]
      Text: !Sub
        - "\${A}"
        - A: !GetAtt Other.Arn
      Map: !FindInMap [M, !Ref "AWS::Region", k]
      Joined: !Join
        - "-"
        - - a
          - !Select [0, !GetAZs ""]
`),
  ).toEqual({
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, Not: { 'Fn::Not': [{ Condition: 'IsProd' }] } },
    Resources: {
      Queue: {
        Type: 'AWS::SQS::Queue',
        Condition: 'IsProd',
        Properties: {
          QueueName: { 'Fn::Sub': `\${AWS::StackName}-jobs` },
          VisibilityTimeout: { 'Fn::If': ['IsProd', 30, { Ref: 'AWS::NoValue' }] },
          Tags: { 'Fn::Split': [',', { 'Fn::ImportValue': 'tags' }] },
          Text: { 'Fn::Sub': [`\${A}`, { A: { 'Fn::GetAtt': 'Other.Arn' } }] },
          Map: { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] },
          Joined: { 'Fn::Join': ['-', ['a', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }]] },
        },
      },
    },
  });
});

test('dates stay text, as policies need them', () => {
  expect(templateFromYaml('Version: 2012-10-17')).toEqual({ Version: '2012-10-17' });
});

test('anchors are followed, the last of equal keys holds, and nothing is nothing', () => {
  expect(templateFromYaml('a: &x {b: 1}\nc: *x\nd: 1\nd: 2\ne:')).toEqual({ a: { b: 1 }, c: { b: 1 }, d: 2, e: null });
});

test('a broken file is told of with its place', () => {
  expect(() => templateFromYaml('a: [1')).toThrow(/at line 1, column 6/);
  expect(() => templateFromYaml('a: &x\n  b: *x')).toThrow('an anchor contains itself');
});
