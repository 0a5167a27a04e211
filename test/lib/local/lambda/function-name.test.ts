import fc from 'fast-check';
import { parseFunctionName, versionOf } from '../../../../lib/local/lambda/function-name';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:agent';

describe('how callers name a function', () => {
  test.each([
    ['agent', { name: 'agent' }],
    ['agent:live', { name: 'agent', qualifier: 'live' }],
    ['agent:$LATEST', { name: 'agent', qualifier: '$LATEST' }],
    ['123456789012:function:agent', { name: 'agent' }],
    [ARN, { name: 'agent' }],
    [`${ARN}:12`, { name: 'agent', qualifier: '12' }],
    [ARN.replace('arn:aws:', 'arn:aws-us-gov:'), { name: 'agent' }],
  ])('%s', (reference, expected) => {
    expect(parseFunctionName(reference)).toEqual(expected);
  });

  test.each(['', 'a b', `${ARN}:live:more`, 'arn:aws:sqs:eu-west-1:123456789012:queue', '../agent'])('fails for "%s"', (reference) => {
    expect(() => parseFunctionName(reference)).toThrow(
      `not a function name or ARN: "${reference}"; expected name, name:qualifier, an ARN or a qualified ARN`,
    );
  });

  test('takes a qualifier beside the name, once', () => {
    expect(parseFunctionName('agent', 'live')).toEqual({ name: 'agent', qualifier: 'live' });
    expect(parseFunctionName('agent:live', 'live')).toEqual({ name: 'agent', qualifier: 'live' });
    expect(() => parseFunctionName('agent:live', 'draft')).toThrow(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  });

  test('every form of a name leads to the same function', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
    fc.assert(
      fc.property(name, name, (functionName, qualifier) => {
        const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}:${qualifier}`;
        expect(parseFunctionName(arn)).toEqual({ name: functionName, qualifier });
        expect(parseFunctionName(functionName, qualifier)).toEqual({ name: functionName, qualifier });
      }),
    );
  });
});

describe('the version behind a qualifier', () => {
  const spec = { arn: ARN, aliases: { live: '3' } };

  test.each([
    [undefined, '$LATEST'],
    ['$LATEST', '$LATEST'],
    ['live', '3'],
    ['3', '3'],
  ])('%s is %s', (qualifier, version) => {
    expect(versionOf(spec, qualifier)).toBe(version);
  });

  test.each(['draft', '4', 'constructor'])('fails for %s', (qualifier) => {
    expect(() => versionOf(spec, qualifier)).toThrow(`Function not found: ${ARN}:${qualifier}`);
  });
});
