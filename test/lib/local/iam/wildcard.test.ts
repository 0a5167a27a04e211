import fc from 'fast-check';
import { literal, matchesAction, matchesArn, matchesResource, matchesText } from '../../../../lib/local/iam/wildcard';

const ARN = 'arn:aws:s3:::bucket/a/b.txt';

test.each([
  ['*', ARN, true],
  ['arn:aws:s3:::bucket/*', ARN, true],
  ['arn:aws:s3:::bucket/a/?.txt', ARN, true],
  ['arn:aws:s3:::bucket', ARN, false],
  ['arn:aws:s3:::BUCKET/*', ARN, false],
  ['arn:aws:s3:::bucket/?', ARN, false],
  // A star in the middle of a segment stays in it, one at its end reaches over the colons.
  ['arn:aws:lambda:us-east-1:1:function:f*n', 'arn:aws:lambda:us-east-1:1:function:f:n', false],
  ['arn:aws:lambda:us-east-1:1:function:f*', 'arn:aws:lambda:us-east-1:1:function:f:live', true],
  ['arn:aws:lambda:*:1:function:f', 'arn:aws:lambda:us-east-1:1:function:f', true],
  ['arn:aws:lambda:us-east-1:1:function:f:*', 'arn:aws:lambda:us-east-1:1:function:f', false],
  // Nothing but the two wildcards has a meaning.
  ['arn:aws:s3:::bucket/a.b', 'arn:aws:s3:::bucket/acb', false],
  ['arn:aws:s3:::bucket/(a|b)+', 'arn:aws:s3:::bucket/a', false],
])('resource %s on %s: %s', (pattern, value, expected) => {
  expect(matchesResource(pattern, value)).toBe(expected);
});

test.each([
  ['s3:*', 's3:GetObject', true],
  ['S3:getobject', 's3:GetObject', true],
  ['s3:Get*', 's3:GetObject', true],
  ['s3:Get?bject', 's3:GetObject', true],
  ['s3:Put*', 's3:GetObject', false],
  ['*', 's3:GetObject', true],
])('action %s on %s: %s', (pattern, action, expected) => {
  expect(matchesAction(pattern, action)).toBe(expected);
});

test('an ARN of a condition is compared part by part', () => {
  const rule = 'arn:aws:events:us-east-1:1:rule/r';
  expect(matchesArn('arn:aws:events:*:1:rule/*', rule)).toBe(true);
  expect(matchesArn('arn:*:rule/r', rule)).toBe(false);
  expect(matchesArn('arn:aws:events:us-east-1:2:rule/r', rule)).toBe(false);
  expect(matchesArn('arn:aws:states:us-east-1:1:stateMachine:*', 'arn:aws:states:us-east-1:1:stateMachine:m')).toBe(true);
});

describe('properties', () => {
  const texts = fc.string({ maxLength: 12 });

  /** The meaning of a pattern, spelled out without regular expressions. */
  function slowly(pattern: string, value: string): boolean {
    if (pattern === '') return value === '';
    if (pattern[0] === '*') return slowly(pattern.slice(1), value) || (value !== '' && slowly(pattern, value.slice(1)));
    return value !== '' && (pattern[0] === '?' || pattern[0] === value[0]) && slowly(pattern.slice(1), value.slice(1));
  }

  test('a pattern means what its definition says', () => {
    const from = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 7 });
    fc.assert(fc.property(from('ab*?'), from('ab'), (pattern, value) => matchesText(pattern, value) === slowly(pattern, value)));
  });

  test('a literal matches itself and nothing else, whatever is in it', () => {
    fc.assert(fc.property(texts, texts, (text, other) => matchesText(literal(text), other) === (text === other)));
  });

  test('one more star never matches less', () => {
    const from = fc.string({ unit: fc.constantFrom(...'ab*:'), maxLength: 6 });
    fc.assert(
      fc.property(from, from, fc.nat(6), (pattern, value, at) => {
        const wider = `${pattern.slice(0, at)}*${pattern.slice(at)}`;
        return !matchesText(pattern, value) || matchesText(wider, value);
      }),
    );
  });

  test('upper and lower case of an action are the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abAB:*'), maxLength: 8 }),
        fc.string({ unit: fc.constantFrom(...'abAB:'), maxLength: 8 }),
        (pattern, action) => matchesAction(pattern, action) === matchesAction(pattern.toUpperCase(), action.toLowerCase()),
      ),
    );
  });
});
