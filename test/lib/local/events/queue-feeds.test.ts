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

/** Logs each batch, and takes its time over it. */
function slow(name: string): string {
  const mark = (text: string) => `require('node:fs').appendFileSync(${JSON.stringify(join(directory, `${name}.marks`))}, '${text}\\n');`;
  return `${mark('begins')} ${logging(name).replace('return', `await new Promise((done) => setTimeout(done, 500)); ${mark('ends')} return`)}`;
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
        new sqs.Queue(stack, id, { visibilityTimeout: Duration.seconds(5), deadLetterQueue: { queue: dead, maxReceiveCount: 2 } });
      const feed = (id: string, options: ConstructorParameters<typeof SqsEventSource>[1], whole = false) => {
        const fn = inlineFunction(stack, `${id}Reader`, logging(id), { timeout: Duration.seconds(5) });
        fn.addEnvironment('WHOLE', String(whole));
        fn.addEventSource(new SqsEventSource(queue(id), options));
      };
      feed('Partial', { batchSize: 5, reportBatchItemFailures: true });
      feed('Whole', {}, true);
      feed('Filtered', { filters: [lambda.FilterCriteria.filter({ body: { kind: ['good'] } })] });
      feed('Disabled', { enabled: false });
      feed('Gathered', { batchSize: 15, maxBatchingWindow: Duration.seconds(2) });
      const side = (id: string, queue: sqs.Queue, options = {}) => {
        const fn = inlineFunction(stack, `${id}Reader`, slow(id));
        fn.addEventSource(new SqsEventSource(queue, { batchSize: 1, ...options }));
      };
      side('Side', new sqs.Queue(stack, 'Side'), { maxConcurrency: 2 });
      side('Groups', new sqs.Queue(stack, 'Groups', { queueName: 'groups.fifo', fifo: true, contentBasedDeduplication: true }));
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

test('a batching window gathers more than one receive gives', async () => {
  await Promise.all(Array.from({ length: 15 }, (_, n) => local.queue('Gathered').send(`message ${n}`)));
  await until(() => bodies('Gathered').length === 15);
  expect(seen('Gathered').length).toBeLessThan(3);
  expect(seen('Gathered')[0]!.length).toBeGreaterThan(10);
});

/** Most batches that a function had under way at one time, by the order in which it wrote of them: clocks of processes may differ. */
function mostAtOnce(name: string): number {
  const marks = readFileSync(join(directory, `${name}.marks`), 'utf8')
    .trim()
    .split('\n');
  let running = 0;
  return Math.max(...marks.map((mark) => (running += mark === 'begins' ? 1 : -1)));
}

test('batches run side by side up to the maximum concurrency', async () => {
  await Promise.all(['a', 'b', 'c', 'd'].map((body) => local.queue('Side').send(body)));
  await until(() => bodies('Side').length === 4);
  await local.settled();
  expect(mostAtOnce('Side')).toBe(2);
});

test('a group of a FIFO queue is handled in order, other groups beside it', async () => {
  for (const body of ['a1', 'a2', 'a3', 'b1']) await local.queue('Groups').send(body, { groupId: body[0]! });
  await until(() => bodies('Groups').length === 4);
  await local.settled();
  expect(bodies('Groups').filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(mostAtOnce('Groups')).toBe(2);
});
