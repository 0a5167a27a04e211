import { resourceLines } from '../../../../lib/cli/audit/resource-lines';

const template = {
  Parameters: { A: { Type: 'String' } },
  Resources: {
    A: { Type: 'X', Properties: { B: { C: '{"Resources": {"D":\n' } } },
    B: { Type: 'Y', Metadata: { 'a"b\\': [1, { E: 2 }] } },
  },
  Outputs: { Resources: { Value: 1 } },
};

test.each([undefined, 1, 4])('JSON with an indentation of %s', (indent) => {
  const text = JSON.stringify(template, undefined, indent);
  const lines = text.split('\n');
  const last = (needle: string) => lines.map((line) => line.includes(needle)).lastIndexOf(true) + 1;
  expect(resourceLines(text)).toEqual(
    new Map([
      ['A', last('"A":')],
      ['B', lines.length === 1 ? 1 : last('"B": {')],
    ]),
  );
});

test('a name apart from its colon does not shift what follows', () => {
  expect(resourceLines('{\n"Resources"\n:\n{"A":{},\n"B":{}}}')).toEqual(
    new Map([
      ['A', 4],
      ['B', 5],
    ]),
  );
});

test('YAML, whatever its indentation', () => {
  const text =
    'Parameters:\n  A:\n    Type: String\n# Resources:\nResources:\n    # B:\n    "A":\n        Type: X\n        C:\n          D: 1\n    B:\n        Type: Y\nOutputs:\n  E:\n    Value: 1\n';
  expect(resourceLines(text)).toEqual(
    new Map([
      ['A', 7],
      ['B', 11],
    ]),
  );
});
