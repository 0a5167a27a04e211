import { staleAfter } from '../../../lib/quotas/stale-after';

test.each([
  ['2026-11-24', '2027-05-23'],
  ['2027-08-31', '2028-02-27'],
  ['2028-01-01', '2028-06-29'],
])('what was read on %s is to be read again after %s', (checkedOn, wanted) => {
  expect(staleAfter({ checkedOn })).toBe(wanted);
});

test('the date that a source gives wins', () => {
  expect(staleAfter({ checkedOn: '2026-11-24', staleAfter: '2026-12-31' })).toBe('2026-12-31');
});
