// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation
import { ResourceGraph } from '../../../lib/template/resource-graph';
import { type ListValue, type MapValue, type Reference, render, Unknown } from '../../../lib/template/value';
import { graphOf, graphOfResources, sourceOf } from './graph-of';

const QUEUE = { Type: 'AWS::SQS::Queue' };

function resolved(value: unknown, more: object = {}) {
  const graph = graphOf({ S: { Resources: { Q: QUEUE, T: { Type: 'X::Y::Z', Properties: { value } } }, ...more } });
  return graph.ofType('X::Y::Z')[0]!.get('value');
}

test('a resource tells its type, id and construct path', () => {
  const graph = graphOfResources({ Q: { ...QUEUE, Metadata: { 'aws:cdk:path': 'S/Queue/Resource' } }, R: QUEUE });
  expect(graph.resources.map(({ type, id, path }) => ({ type, id, path }))).toEqual([
    { type: 'AWS::SQS::Queue', id: 'S/Q', path: 'S/Queue/Resource' },
    { type: 'AWS::SQS::Queue', id: 'S/R', path: null },
  ]);
  expect(graph.ofType('AWS::SQS::Queue')).toHaveLength(2);
  expect(graph.ofType('AWS::SNS::Topic', 'AWS::SQS::Queue')).toHaveLength(2);
});

test.each([
  ['text', 'text', 'text'],
  ['a reference', { Ref: 'Q' }, '${S/Q}'],
  ['an attribute', { 'Fn::GetAtt': ['Q', 'Arn'] }, '${S/Q.Arn}'],
  ['an attribute with a dot', { 'Fn::GetAtt': 'Q.Arn' }, '${S/Q.Arn}'],
  ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'Q' }, 1, 'b']] }, 'a-${S/Q}-1-b'],
  ['a join of nothing but text', { 'Fn::Join': ['', ['a', 'b']] }, 'ab'],
  ['a substitution', { 'Fn::Sub': '${Q.Arn}/${!kept}/${AWS::Region}' }, '${S/Q.Arn}/${kept}/${AWS::Region}'],
  ['a substitution with variables', { 'Fn::Sub': ['${x}:${Q}', { x: 'y' }] }, 'y:${S/Q}'],
  ['a selection', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['a selection of a split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', { 'Fn::Sub': 'a/${Q.Arn}b/c' }] }] }, '${S/Q.Arn}b'],
  ['the name of the stack', { Ref: 'AWS::StackName' }, 'S'],
  ['what only the deployment knows', { Ref: 'AWS::AccountId' }, '${AWS::AccountId}'],
  ['a list', ['a', { Ref: 'Q' }], '[a, ${S/Q}]'],
  ['a map', { a: { Ref: 'Q' } }, '{a: ${S/Q}}'],
])('resolves %s', (_name, raw, text) => {
  expect(render(resolved(raw))).toBe(text);
});

test.each([
  ['a function that is none', { 'Fn::Nothing': 1 }],
  ['a reference to nothing', { Ref: 'Nobody' }],
  ['an attribute of nothing', { 'Fn::GetAtt': ['Nobody', 'Arn'] }],
  ['a selection past the end', { 'Fn::Select': [9, ['a']] }],
  ['an import of nothing', { 'Fn::ImportValue': 'nobody' }],
  ['an output of nothing', { 'Fn::GetStackOutput': { StackName: 'Nobody', OutputName: 'X' } }],
  ['a mapping that is not there', { 'Fn::FindInMap': ['M', 'a', 'b'] }],
  ['a join of what is not known', { 'Fn::Join': [',', { 'Fn::Nothing': 1 }] }],
  ['a split of what is not known', { 'Fn::Split': [',', { 'Fn::Nothing': 1 }] }],
])('%s is unknown and no error', (_name, raw) => {
  expect(resolved(raw)).toBeInstanceOf(Unknown);
});

test('a mapping answers by its keys, and by its default', () => {
  const Mappings = { M: { a: { b: 'found' } } };
  expect(resolved({ 'Fn::FindInMap': ['M', 'a', 'b'] }, { Mappings })).toBe('found');
  expect(resolved({ 'Fn::FindInMap': ['M', 'a', 'c', { DefaultValue: 'else' }] }, { Mappings })).toBe('else');
});

test('references in a circle end', () => {
  const Outputs = { A: { Value: { 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'A' } } } };
  expect(resolved({ 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'A' } }, { Outputs })).toBeInstanceOf(Unknown);
});

test('absent properties and what NoValue leaves out are undefined; lists lose it', () => {
  expect(resolved({ Ref: 'AWS::NoValue' })).toBeUndefined();
  const list = resolved(['a', { Ref: 'AWS::NoValue' }]);
  expect((list as ListValue).items).toEqual(['a']);
  const map = resolved({ a: { Ref: 'AWS::NoValue' }, b: 1 }) as MapValue;
  expect(map.entries).toEqual([['b', 1]]);
  expect(map.get('toString')).toBeUndefined();
});

test('numbers, texts and flags are told only where the template states them', () => {
  const Parameters = { P: { Type: 'Number' } };
  const properties = { n: 3, s: '7', no: 'seven', p: { Ref: 'P' }, yes: 'true', list: ['x'], one: 'x' };
  const graph = graphOf({ S: { Parameters, Resources: { T: { Type: 'X::Y::Z', Properties: properties } } } });
  const [resource] = graph.resources;
  expect(['n', 's', 'no', 'p', 'absent'].map((name) => resource!.number(name))).toEqual([3, 7, undefined, undefined, undefined]);
  expect(['n', 'p', 'absent'].map((name) => resource!.numberOr(5, name))).toEqual([3, undefined, 5]);
  expect(resource!.boolean('yes')).toBe(true);
  expect(resource!.text('p')).toBeUndefined();
  expect([resource!.list('list'), resource!.list('one'), resource!.list('p'), resource!.list('absent')]).toEqual([['x'], ['x'], [], []]);
});

test('an export is followed to the resource of its stack', () => {
  const graph = graphOf({
    A: {
      Resources: { Q: QUEUE },
      Outputs: { O: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:q' } } } },
    },
    B: {
      Resources: {
        T: {
          Type: 'X::Y::Z',
          Properties: { value: { 'Fn::ImportValue': 'A:q' }, output: { 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'O' } } },
        },
      },
    },
  });
  const [resource] = graph.ofType('X::Y::Z');
  expect(resource!.referent('value')?.id).toBe('A/Q');
  expect(resource!.references('output').map(({ id }) => id)).toEqual(['A/Q']);
  expect((resource!.get('value') as Reference).attribute).toBe('Arn');
});

test('parameters and outputs of a nested stack are followed in both directions', () => {
  const parent = sourceOf({
    Resources: {
      Q: QUEUE,
      N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Given: { Ref: 'Q' } } } },
      T: { Type: 'X::Y::Z', Properties: { value: { 'Fn::GetAtt': ['N', 'Outputs.Made'] } } },
    },
  });
  const child = sourceOf(
    {
      Parameters: { Given: { Type: 'String' } },
      Resources: { Inner: { Type: 'X::Y::Z', Properties: { value: { Ref: 'Given' } } } },
      Outputs: { Made: { Value: { 'Fn::GetAtt': ['Inner', 'Arn'] } } },
    },
    'S/N',
    { parent: { source: parent, logicalId: 'N' } },
  );
  const graph = new ResourceGraph([parent, child]);
  expect(graph.ofType('X::Y::Z').map((resource) => `${resource.id} -> ${resource.referent('value')?.id}`)).toEqual([
    'S/T -> S/N/Inner',
    'S/N/Inner -> S/Q',
  ]);
});

describe('conditions', () => {
  const template = {
    Parameters: { Env: { Type: 'String' }, Size: { Type: 'Number' } },
    Conditions: {
      Prod: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
      Test: { 'Fn::Equals': [{ Ref: 'Env' }, 'test'] },
      NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] },
      Never: { 'Fn::Equals': ['a', 'b'] },
    },
    Resources: {
      F: { Type: 'X::Y::F', Properties: { timeout: { 'Fn::If': ['Prod', 900, 30] }, env: { Ref: 'Env' }, plain: 1 } },
      G: { Type: 'X::Y::G', Properties: { timeout: { 'Fn::If': ['NotProd', 31, 901] } } },
      OnlyProd: { Type: 'X::Y::O', Condition: 'Prod' },
      OnlyTest: { Type: 'X::Y::T', Condition: 'Test' },
      Nowhere: { Type: 'X::Y::N', Condition: 'Never' },
    },
  };
  const worlds = ResourceGraph.worlds([sourceOf(template)]);
  const number = (graph: ResourceGraph, type: string) => graph.ofType(type)[0]!.number('timeout');

  test('what depends on the same condition is seen together', () => {
    expect(new Set(worlds.map((graph) => `${number(graph, 'X::Y::F')}/${number(graph, 'X::Y::G')}`))).toEqual(
      new Set(['900/901', '30/31']),
    );
  });

  test('two literals of one parameter exclude each other, and none of them is possible', () => {
    const present = worlds.map((graph) => `${graph.ofType('X::Y::O').length}${graph.ofType('X::Y::T').length}`);
    expect(new Set(present)).toEqual(new Set(['10', '01', '00']));
  });

  test('the parameter has its literal in its world', () => {
    const env = worlds.map((graph) => render(graph.ofType('X::Y::F')[0]!.get('env')));
    expect(new Set(env)).toEqual(new Set(['prod', 'test', '${S.Env}']));
  });

  test('what can never be is nowhere', () => {
    expect(worlds.flatMap((graph) => graph.ofType('X::Y::N'))).toEqual([]);
  });

  test('a resource knows what a condition chose', () => {
    const [f] = worlds[0]!.ofType('X::Y::F');
    expect([f!.isConditional('timeout'), f!.isConditional('plain')]).toEqual([true, false]);
    const [only] = worlds.flatMap((graph) => graph.ofType('X::Y::O'));
    expect(only!.isConditional('anything')).toBe(true);
  });

  test('the metadata of CDK itself makes no worlds', () => {
    const metadata = { Type: 'AWS::CDK::Metadata', Condition: 'Available' };
    const Conditions = { Available: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }] } };
    expect(ResourceGraph.worlds([sourceOf({ Conditions, Resources: { M: metadata } })])).toHaveLength(1);
  });
});
