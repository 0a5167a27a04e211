import { parseMocks } from '../../../../../lib/local/asl/door/mock-outcome';

test('outcomes are read in order, without a sleep they come at once', () => {
  const mocks = parseMocks({ f: [{ return: null }, { throw: { Error: 'E' }, sleep: 1.5 }] });
  expect(mocks.get('f')).toEqual([
    { sleep: 0, result: { return: null } },
    { sleep: 1.5, result: { throw: { Error: 'E', Cause: '' } } },
  ]);
});

test.each([
  [[], 'the mocks must be an object that maps a Resource or a function to its outcomes, got []'],
  [null, 'the mocks must be an object that maps a Resource or a function to its outcomes, got null'],
  [{ '': [{ return: 1 }] }, 'the mocks have an empty key, a key is a Resource, a function name or a function ARN'],
  [{ f: { return: 1 } }, 'mock "f" must be a list of at least one outcome, got {"return":1}'],
  [{ f: [] }, 'mock "f" must be a list of at least one outcome, got []'],
  [{ f: [1] }, 'mock "f"[0] must be an object, got 1'],
  [{ f: [{}] }, 'mock "f"[0] must have exactly one of return and throw, got {}'],
  [
    { f: [{ return: 1, throw: { Error: 'E' } }] },
    'mock "f"[0] must have exactly one of return and throw, got {"return":1,"throw":{"Error":"E"}}',
  ],
  [{ f: [{ return: 1 }, { Return: 1 }] }, 'mock "f"[1] has the unknown key "Return"'],
  [{ f: [{ return: 1, sleep: -1 }] }, 'mock "f"[0] sleep must be a number of seconds from 0, got -1'],
  [{ f: [{ return: 1, sleep: '1' }] }, 'mock "f"[0] sleep must be a number of seconds from 0, got "1"'],
  [{ f: [{ throw: 'E' }] }, 'mock "f"[0] throw must be an object with Error and Cause, got "E"'],
  [{ f: [{ throw: { Cause: 'c' } }] }, 'mock "f"[0] throw must name its Error, got nothing'],
  [{ f: [{ throw: { Error: 'E', Cause: {} } }] }, 'mock "f"[0] the Cause of throw must be a string, got {}'],
  [{ f: [{ throw: { Error: 'E', error: 1 } }] }, 'mock "f"[0] throw has the unknown key "error"'],
  [{ f: [{ return: 1, why: 'x'.repeat(200) }, 2] }, 'mock "f"[0] has the unknown key "why"'],
])('%j is refused', (mocks, message) => {
  expect(() => parseMocks(mocks)).toThrow(expect.objectContaining({ code: 'Mocks', message }));
});
