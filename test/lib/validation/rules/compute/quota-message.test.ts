import { LAMBDA_MEMORY } from '../../../../../lib/quotas/lambda-quotas';
import { quotaMessage } from '../../../../../lib/validation/rules/compute/quota-message';

test.each([
  [127, 'memory must be at least 128 MB, got 127 MB'],
  [128, undefined],
  [10_240, undefined],
  [10_241, 'memory must be at most 10240 MB, got 10241 MB'],
  [undefined, undefined],
])('of %p MB it says: %s', (value, message) => {
  expect(quotaMessage('memory', value, LAMBDA_MEMORY)).toBe(message);
});
