import { Unknown } from '../../../lib/template/value';
import { graphOfResources } from './graph-of';

const ODD = [null, 0, true, 'text', {}, { Ref: 'Nowhere' }, [], [null], [{}, {}], [null, [null]], ['a', 'b', 'c', 'd']];
const FUNCTIONS = [
  ...['Ref', 'Fn::GetAtt', 'Fn::If', 'Fn::Join', 'Fn::Sub', 'Fn::Split', 'Fn::Select', 'Fn::FindInMap', 'Fn::ImportValue'],
  ...['Fn::GetStackOutput', 'Fn::Base64', 'Fn::Cidr', 'Fn::Transform'],
];

test.each(FUNCTIONS)('%s takes whatever a template gives it', (name) => {
  for (const operand of ODD) {
    const graph = graphOfResources({ T: { Type: 'X::Y::Z', Properties: { value: { [name]: operand } } } });
    expect(() => graph.ofType('X::Y::Z')[0]!.references('value')).not.toThrow();
  }
});

test.each(['Fn::If', 'Fn::Join', 'Fn::Split', 'Fn::Select', 'Fn::FindInMap'])('%s of no list is not known', (name) => {
  const graph = graphOfResources({ T: { Type: 'X::Y::Z', Properties: { value: { [name]: 'text' } } } });
  expect(graph.ofType('X::Y::Z')[0]!.get('value')).toBeInstanceOf(Unknown);
});
