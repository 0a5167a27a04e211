// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation
import { embeddedJson } from '../../../lib/template/embedded-json';
import { MapValue, Reference, render, Text, valueAt } from '../../../lib/template/value';
import { graphOfResources } from './graph-of';

const graph = graphOfResources({ Q: { Type: 'AWS::SQS::Queue' }, N: { Type: 'X::Y::Z' } });
const [queue] = graph.resources;
const arn = new Reference(queue!, 'Arn');

test('references come back where they stood: alone, inside a text, and as a number', () => {
  const parsed = embeddedJson(new Text(['{"a":"', arn, '","b":"x:', arn, ':y","n":', arn, ',"esc":"\\"', arn, '"}']));
  expect(parsed).toBeInstanceOf(MapValue);
  expect(valueAt(parsed, ['a'])).toBe(arn);
  expect(render(valueAt(parsed, ['b']))).toBe('x:${S/Q.Arn}:y');
  expect(valueAt(parsed, ['n'])).toBe(arn);
  expect(render(valueAt(parsed, ['esc']))).toBe('"${S/Q.Arn}');
});

test('lists, numbers and null are kept', () => {
  expect(render(embeddedJson('{"l":[1,"two",null,true]}'))).toBe('{l: [1, two, , true]}');
  expect(valueAt(embeddedJson('{"l":[null]}'), ['l', 0])).toBeNull();
});

test.each([['not json'], [''], [undefined]])('%j is none', (text) => {
  expect(embeddedJson(text)).toBeUndefined();
});
