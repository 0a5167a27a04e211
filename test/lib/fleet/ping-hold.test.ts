import { holdMs } from '../../../lambda/warmer/hold';
import { holdMsOf } from '../../../lib/fleet/ping-hold';

test.each([1, 2, 5, 20, 50, 93, 94, 500])('%i pings are held as long as the warmer holds its first round', (environments) => {
  expect(holdMsOf(environments)).toBe(holdMs(environments, 1));
});
