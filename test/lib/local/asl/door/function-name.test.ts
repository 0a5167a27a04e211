import { namesFunction, parseFunctionName } from '../../../../../lib/local/asl/door/function-name';

const owner = 'arn:aws:lambda:eu-west-1:111122223333';

test.each([
  ['f', { name: 'f' }],
  ['f:live', { name: 'f', qualifier: 'live' }],
  ['f:$LATEST', { name: 'f', qualifier: '$LATEST' }],
  ['111122223333:function:f:7', { name: 'f', qualifier: '7' }],
  [`${owner}:function:f`, { name: 'f', owner }],
  [`${owner}:function:f:live`, { name: 'f', owner, qualifier: 'live' }],
  ['arn:aws:states:::lambda:invoke', undefined],
  ['arn:aws:sns:eu-west-1:111122223333:topic', undefined],
  ['', undefined],
])('%s', (text, named) => {
  expect(parseFunctionName(text)).toEqual(named);
});

test.each([
  ['f', `${owner}:function:f:live`, true],
  ['f:live', `${owner}:function:f:live`, true],
  ['f:live', `${owner}:function:f`, false],
  ['f:live', 'f:old', false],
  ['g', 'f', false],
  [`${owner}:function:f`, 'f', true],
  [`${owner}:function:f`, 'arn:aws:lambda:eu-west-1:999999999999:function:f', false],
])('%s for a call of %s: %p', (key, called, expected) => {
  expect(namesFunction(parseFunctionName(key)!, parseFunctionName(called)!)).toBe(expected);
});
