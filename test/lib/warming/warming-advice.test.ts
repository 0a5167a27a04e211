import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Duration, Size, Stack } from 'aws-cdk-lib/core';
import type { FleetWorkload } from '../../../lib/fleet/fleet-workload';
import { acknowledge } from '../../../lib/validation/acknowledge';
import { KeepWarmSchedule } from '../../../lib/warming/keep-warm-schedule';
import { WarmingMode } from '../../../lib/warming/warming-mode';

/** Asked now and then: most requests that come without pings find nothing warm. */
const RARE: FleetWorkload = {
  init: Duration.seconds(3),
  duration: { typical: Duration.millis(80), worst: Duration.millis(200) },
  memory: Size.mebibytes(1024),
  traffic: { requestsPerMonth: 20_000 },
  objective: { p99: Duration.millis(500) },
};

function schedule(workload: FleetWorkload | undefined, environments = 1): { stack: Stack; warm: KeepWarmSchedule } {
  const stack = new Stack(new App(), 'Stack');
  const fn = new lambda.Function(stack, 'Target', {
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
  const mode = WarmingMode.ping({ environments, every: Duration.minutes(5) });
  return { stack, warm: new KeepWarmSchedule(stack, 'Warm', { targets: [{ alias, ...(workload !== undefined && { workload }) }], mode }) };
}

const warningsOf = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('warming\\.objective'))
    .map(({ entry }) => String(entry.data));

test('pings that keep the objective and cost least are not spoken of', () => {
  expect(warningsOf(schedule(RARE).stack)).toEqual([]);
});

test('without a workload nothing is said', () => {
  expect(warningsOf(schedule(undefined, 20).stack)).toEqual([]);
});

test('pings that nobody needs are told with what doing nothing costs', () => {
  const [warning] = warningsOf(schedule({ ...RARE, traffic: { requestsPerMonth: 400_000 } }, 2).stack);
  expect(warning).toMatch(
    /targets\[0\] meets the objective with ping 2 environments every 5 min \(.* USD a month, .* cold starts, p99 .* ms\), and so does doing nothing: nothing \(.* USD a month/,
  );
});

test('pings of too few environments are told with their p99 and the cheapest that is enough', () => {
  // Several at once, again and again.
  const at = Array.from({ length: 2_000 }, (_, index) => Math.floor(index / 4) * 613_000);
  const bursts: FleetWorkload = { ...RARE, traffic: undefined, trace: { at } };
  const [warning] = warningsOf(schedule(bursts).stack);
  expect(warning).toMatch(
    /targets\[0\] does not meet the objective: with ping 1 environment every 5 min \(.*\) its p99 is 3\.\d s where 500 ms are allowed .*; the cheapest that does is ping 4 environments every 5 min/,
  );
  expect(warningsOf(schedule(bursts, 4).stack)).toEqual([]);
});

test('where the work itself takes longer, no mechanism is named', () => {
  const [warning] = warningsOf(schedule({ ...RARE, objective: { p99: Duration.millis(100) } }).stack);
  expect(warning).toContain('no mechanism meets it');
});

test('the warning can be acknowledged', () => {
  const { stack, warm } = schedule({ ...RARE, objective: { p99: Duration.millis(100) } });
  acknowledge(warm, { id: 'serverless-ai:warming.objective', reason: 'it is known' });
  expect(warningsOf(stack)).toEqual([]);
});

test.each<[string, FleetWorkload, string]>([
  [
    'no objective',
    { ...RARE, objective: undefined },
    'targets[0].workload must have an objective, which the pings are held against, got none',
  ],
  [
    'no traffic',
    { ...RARE, traffic: undefined },
    'targets[0].workload cannot be simulated: a simulation needs traffic; add it to the workload',
  ],
])('a workload with %s is refused', (_name, workload, message) => {
  expect(() => schedule(workload)).toThrow(message);
});
