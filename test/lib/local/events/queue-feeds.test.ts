import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { until } from '../lambda/local-functions';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

const directory = mkdtempSync(join(tmpdir(), 'queue-feeds-'));
const notices: string[] = [];
let local: LocalRunner;

/** Each batch as the function saw it; a message that says so fails. */
function logging(name: string): string {
  const file = JSON.stringify(join(directory, name));
  return `
    require('node:fs').appendFileSync(${file}, JSON.stringify(event.Records) + '\\n');
    const failing = event.Records.filter(({ body }) => body.includes('fail'));
    if (failing.length > 0 && process.env.WHOLE === 'true') throw new Error('no');
    return { batchItemFailures: failing.map(({ messageId }) => ({ itemIdentifier: messageId })) };`;
}

interface SeenRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly eventSource: string;
  readonly eventSourceARN: string;
}

/** Whole lines only: the function may be writing the last one. */
function seen(name: string): SeenRecord[][] {
  const file = join(directory, name);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line) as SeenRecord[]);
}

const bodies = (name: string) => seen(name).flatMap((batch) => batch.map(({ body }) => body));

beforeAll(async () => {
  local = await runSmall(
    (stack) => {
      const dead = new sqs.Queue(stack, 'Dead');
      const queue = (id: string) =>
        new sqs.Queue(stack, id, { visibilityTimeout: Duration.seconds(1), deadLetterQueue: { queue: dead, maxReceiveCount: 2 } });
      const feed = (id: string, options: ConstructorParameters<typeof SqsEventSource>[1], whole = false) => {
        const fn = inlineFunction(stack, `${id}Reader`, logging(id), { timeout: Duration.seconds(1) });
        fn.addEnvironment('WHOLE', String(whole));
        fn.addEventSource(new SqsEventSource(queue(id), options));
      };
      feed('Partial', { batchSize: 5, reportBatchItemFailures: true });
      feed('Whole', {}, true);
      feed('Filtered', { filters: [lambda.FilterCriteria.filter({ body: { kind: ['good'] } })] });
      feed('Disabled', { enabled: false });
    },
    { onNotice: (notice) => notices.push(notice) },
  );
});

afterAll(async () => {
  await stopAll();
  rmSync(directory, { recursive: true, force: true });
});

test('a message comes to the function as a record and is gone after it', async () => {
  const id = await local.queue('Partial').send({ a: 1 });
  await until(() => seen('Partial').length > 0);
  expect(seen('Partial')[0]).toMatchObject([
    {
      messageId: id,
      body: '{"a":1}',
      attributes: { ApproximateReceiveCount: '1' },
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:.*Partial/),
    },
  ]);
});

test('of a batch only what failed returns, and after its receives it lands in the dead-letter queue', async () => {
  await Promise.all(['one', 'fail two', 'three'].map((body) => local.queue('Partial').send(body)));
  const [message] = await local.queue('Dead').receive({ waitSeconds: 20 });
  expect(message?.Body).toBe('fail two');
  expect(bodies('Partial').filter((body) => body === 'fail two')).toHaveLength(2);
  expect(bodies('Partial').filter((body) => body === 'one' || body === 'three')).toHaveLength(2);
});

test('a function that fails takes nothing of its batch', async () => {
  await local.queue('Whole').send('fail');
  await until(() => bodies('Whole').length === 2);
  expect(notices).toContainEqual(expect.stringMatching(/^a batch of .*Whole.* was not taken: the function failed: .*"no"/));
});

test('what no filter lets through never reaches the function', async () => {
  for (const kind of ['bad', 'good', 'ugly']) await local.queue('Filtered').send({ kind });
  await until(() => bodies('Filtered').length > 0);
  expect(bodies('Filtered')).toEqual(['{"kind":"good"}']);
});

test('a mapping that is switched off takes nothing', async () => {
  await local.queue('Disabled').send('stays');
  const [message] = await local.queue('Disabled').receive({ waitSeconds: 1 });
  expect(message?.Body).toBe('stays');
  expect(seen('Disabled')).toEqual([]);
});
