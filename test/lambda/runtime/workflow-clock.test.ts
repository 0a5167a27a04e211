import fc from 'fast-check';
import { Deadline, defaultMarginMs, Stopwatch } from '../../../lambda/runtime/workflow-clock';

test.each([
  [900_000, 30_000],
  [300_000, 30_000],
  [299_990, 29_999],
  [60_000, 6_000],
  [7_500, 750],
  [3_000, 750],
  [2_250, 750],
  [1_500, 500],
])('a function of %i ms keeps %i ms for its end', (timeout, margin) => {
  expect(defaultMarginMs(timeout)).toBe(margin);
});

test('the moments of the end follow each other, within the time that is left', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 900_000 }),
      fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: undefined }),
      (left, margin) => {
        const deadline = new Deadline({ getRemainingTimeInMillis: () => left }, margin);
        const moments = [deadline.workMs(), deadline.graceMs(), deadline.closeMs(), deadline.lastMs(), left];
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
        expect(deadline.workMs()).toBeGreaterThanOrEqual(left / 2);
      },
    ),
  );
});

test.each([
  ['no context', undefined],
  ['a context without a clock', {}],
  ['a clock that answers nonsense', { getRemainingTimeInMillis: () => Number.NaN }],
])('%s means no deadline', (_, limit) => {
  const deadline = new Deadline(limit);
  expect([deadline.workMs(), deadline.graceMs(), deadline.closeMs(), deadline.lastMs()]).toEqual(Array(4).fill(Number.POSITIVE_INFINITY));
});

describe('elapsed time', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['a monotonic clock that stood still', 5_000, 0],
    ['a wall clock that was set back', -60_000, 5_000],
  ])('%s does not hide it', (_, wall, monotonic) => {
    const [atWall, atMonotonic] = [Date.now(), performance.now()];
    const clocks = [jest.spyOn(Date, 'now').mockReturnValue(atWall), jest.spyOn(performance, 'now').mockReturnValue(atMonotonic)] as const;
    const watch = new Stopwatch();
    clocks[0].mockReturnValue(atWall + wall);
    clocks[1].mockReturnValue(atMonotonic + monotonic);
    expect(watch.elapsedMs()).toBeCloseTo(5_000);
  });
});
