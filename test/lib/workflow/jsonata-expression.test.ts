import fc from 'fast-check';
import jsonata from 'jsonata';
import { bodyOf, problemOf } from '../../../lib/workflow/jsonata-expression';

test.each([
  '{% $states.input %}',
  '  {% $sum(orders.(price * quantity)) %} ',
  '{% a / b / (c) %}',
  '{% $match(text, /["x]+\\(/i) %}',
  '{% list[name ~> /a\\/(b|c)/] %}',
  '{% "a ) b" & \'c ] d\' %}',
  '{% `odd ( name` %}',
  '{% /* a ( comment */ 1 %}',
  '{% "quote \\" inside (" %}',
  '{% {"a": [1, {"b": (2)}]} %}',
])('%s is accepted', (text) => {
  expect(problemOf(text)).toBeUndefined();
  expect(() => jsonata(bodyOf(text))).not.toThrow();
});

test.each([
  ['$.path', 'must be a JSONata expression in {% %}, got "$.path"; write {% ... %}'],
  ['{%  %}', 'must be a JSONata expression, got an empty one; write what to compute between {% and %}'],
  ['{% $foo( %}', 'must be a JSONata expression, got "{% $foo( %}" with no ); close it'],
  ['{% a] %}', 'must be a JSONata expression, got "{% a] %}" with a ] that nothing opens; close it'],
  ['{% "a %}', 'must be a JSONata expression, got "{% \\"a %}" with an open "; close it'],
  ['{% /* a %}', 'must be a JSONata expression, got "{% /* a %}" with an open comment; close it'],
  ['{% $match(a, /b) %}', 'must be a JSONata expression, got "{% $match(a, /b) %}" with an open /; close it'],
])('%s is refused', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test('nothing that JSONata can parse is refused', () => {
  const token = fc.constantFrom(
    '$a',
    'b',
    '1',
    '"x("',
    "'y]'",
    '/r[)]/',
    '/["]\\\\(/',
    '(',
    ')',
    '[',
    ']',
    '{"k":',
    '}',
    '+',
    '/',
    '&',
    ',',
    '.',
    ' ',
    '`z{`',
    '~>',
    '$f',
  );
  const parses = (text: string) => {
    try {
      jsonata(text);
      return true;
    } catch {
      return false;
    }
  };
  let parsed = 0;
  fc.assert(
    fc.property(fc.array(token, { minLength: 1, maxLength: 9 }), (tokens) => {
      const body = tokens.join('').trim();
      if (body === '' || !parses(body)) return;
      parsed += 1;
      expect(problemOf(`{% ${body} %}`)).toBeUndefined();
    }),
    { numRuns: 3_000 },
  );
  expect(parsed).toBeGreaterThan(50);
});
