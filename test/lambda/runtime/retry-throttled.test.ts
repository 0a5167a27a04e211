import fc from 'fast-check';
import { delayAfter, namedThrottling } from '../../../lambda/runtime/retry-throttled';
import { NamedError } from '../../../lambda/shared/named-error';

const named = (name: string, more: object = {}) => Object.assign(new Error('fault'), { name, ...more });

test.each([
  ['ThrottlingException', named('ThrottlingException'), true],
  ['Model.Throttled', named('Model.Throttled'), true],
  ['status 429', named('Error', { $metadata: { httpStatusCode: 429 } }), true],
  ['an SDK hint', named('Error', { $retryable: { throttling: true } }), true],
  ['another fault', named('ValidationException', { $metadata: { httpStatusCode: 400 } }), false],
  ['a thrown text', 'ThrottlingException', false],
  ['nothing', undefined, false],
])('%s is retried: %s', (_, error, retried) => {
  expect(delayAfter(error, 1, {}) !== undefined).toBe(retried);
});

test.each([
  [9, true],
  [10, false],
])('after %i calls there is another one: %s', (calls, again) => {
  expect(delayAfter(named('ThrottlingException'), calls, {}) !== undefined).toBe(again);
});

test('the delay is anywhere between nothing and a bound that doubles up to its maximum', () => {
  const error = named('ThrottlingException');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (calls, random) => {
      const delay = delayAfter(error, calls, { baseDelayMs: 100, maxDelayMs: 1_000 }, () => random);
      expect(delay).toBeCloseTo(random * Math.min(1_000, 100 * 2 ** (calls - 1)));
    }),
  );
});

test.each([
  ['seconds on the error', { retryAfter: 7 }, 7_000],
  ['seconds as text', { retryAfter: '7' }, 7_000],
  ['the header of the response', { $response: { headers: { 'retry-after': '2' } } }, 2_000],
  ['a header that is no number', { $response: { headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } } }, 0],
  ['a negative number', { retryAfter: -1 }, 0],
])('waits at least as long as %s asks', (_, more, delay) => {
  expect(delayAfter(named('ThrottlingException', more), 1, {}, () => 0)).toBe(delay);
});

test('throttling gets the name that retriers know, everything else keeps its own', () => {
  const throttled = named('TooManyRequestsException');
  expect(namedThrottling(throttled)).toMatchObject({ name: 'Model.Throttled', message: 'fault', cause: throttled });
  const own = new NamedError('Model.Throttled', 'ours');
  expect(namedThrottling(own)).toBe(own);
  const other = named('ValidationException');
  expect(namedThrottling(other)).toBe(other);
});
