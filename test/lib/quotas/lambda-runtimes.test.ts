import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { DURABLE_RUNTIMES } from '../../../lib/quotas/durable-quotas';
import { LAMBDA_RUNTIMES, lambdaRuntime } from '../../../lib/quotas/lambda-runtimes';

const ISO = /^\d{4}-\d\d-\d\d$/;

test('ids are unique', () => {
  expect(new Set(LAMBDA_RUNTIMES.map(({ id }) => id)).size).toBe(LAMBDA_RUNTIMES.length);
});

test('holds every managed runtime that CDK knows', () => {
  // dotnet9 exists as a base image only; FROM_IMAGE stands for any image.
  const known = Runtime.ALL.map(({ name }) => name).filter((name) => name !== 'dotnet9' && name !== 'FROM_IMAGE');
  expect(known.length).toBeGreaterThan(40);
  expect(known.filter((name) => lambdaRuntime(name) === undefined)).toEqual([]);
});

test('agrees with CDK on SnapStart', () => {
  for (const { name, supportsSnapStart } of Runtime.ALL) {
    const runtime = lambdaRuntime(name);
    if (runtime !== undefined) expect([name, runtime.snapStart]).toEqual([name, supportsSnapStart]);
  }
});

test.each(LAMBDA_RUNTIMES)('$id has its dates, a source and a living successor', (runtime) => {
  const { deprecatedOn, createBlockedOn, updateBlockedOn, preview, source, checkedOn, successor } = runtime;
  for (const date of [deprecatedOn, createBlockedOn, updateBlockedOn]) if (date !== undefined) expect(date).toMatch(ISO);
  if (createBlockedOn !== undefined && updateBlockedOn !== undefined) expect(createBlockedOn <= updateBlockedOn).toBe(true);
  expect(deprecatedOn === undefined).toBe(preview);
  expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  expect(checkedOn).toMatch(ISO);
  expect(lambdaRuntime(successor)?.deprecatedOn).toMatch(/^20(28|29)/);
});

test('only Node.js streams natively', () => {
  expect(new Set(LAMBDA_RUNTIMES.filter(({ streaming }) => streaming).map(({ language }) => language))).toEqual(new Set(['nodejs']));
  expect(lambdaRuntime('python3.13')?.streaming).toBe(false);
});

test('durable functions run on the runtimes that are listed for them', () => {
  expect(
    LAMBDA_RUNTIMES.filter(({ durable }) => durable)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...DURABLE_RUNTIMES.names].sort());
});

test.each([
  ['nodejs20.x', 'nodejs', '2026-04-30'],
  ['python3.9', 'python', '2025-12-15'],
  ['java8.al2', 'java', '2027-06-30'],
  ['dotnetcore3.1', 'dotnet', '2023-04-03'],
  ['provided.al2', 'none', '2026-07-31'],
])('%s is for %s and ends on %s', (id, language, deprecatedOn) => {
  expect(lambdaRuntime(id)).toMatchObject({ language, deprecatedOn });
});

test('a runtime that is newer than the table is not known', () => {
  expect(lambdaRuntime('nodejs30.x')).toBeUndefined();
  expect(lambdaRuntime('')).toBeUndefined();
});
