import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { LocalRunner } from '../../lib/local/local-runner';
import type { LocalRun } from '../../lib/local/local-workflow';
import { until } from '../lib/local/lambda/local-functions';
import { SynthesizedApp } from './synthesized-app';

jest.setTimeout(180_000);

const MUGS = { sku: 'mug', quantity: 2, price: 1250 };
const notices: string[] = [];
let app: SynthesizedApp;
let local: LocalRunner;
let tables: DynamoDBClient;

beforeAll(async () => {
  app = await SynthesizedApp.ofExample('plain-cdk');
  local = await LocalRunner.fromAssembly(app.directory, { time: 'skipped', onNotice: (notice) => notices.push(notice) });
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'TEST' };
  tables = new DynamoDBClient({ endpoint: local.gateway.url, region: 'us-east-1', credentials });
});

afterAll(async () => {
  tables?.destroy();
  await local?.stop();
  app?.remove();
});

async function stateOf(orderId: string): Promise<string | undefined> {
  const { Item } = await tables.send(new GetItemCommand({ TableName: local.table('Orders').name, Key: { orderId: { S: orderId } } }));
  return Item?.['state']?.S;
}

const order = (orderId: string, ...items: readonly object[]) => ({ orderId, items });
const process_ = () => local.workflow('Process');
const namesOf = (run: LocalRun) => run.steps().map(({ name }) => name);

test('the example holds nothing of this library: neither its sources nor its template name it', () => {
  const template = readFileSync(join(app.directory, 'PlainOrders.template.json'), 'utf8');
  const folder = join(__dirname, '..', '..', 'examples', 'plain-cdk');
  const sources = ['bin', 'lib', 'handlers'].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file), 'utf8')),
  );
  expect(sources.length).toBeGreaterThan(6);
  expect([template, ...sources].filter((text) => /serverless-ai/i.test(text))).toEqual([]);
});

test('nothing of it is left out here but the schedule, which would fire at every jump of the time', () => {
  expect(notices).toEqual([expect.stringMatching(/^schedules do not fire while time is skipped: EveryMorning/)]);
});

test('an order goes through: validated, recorded, reserved item by item, shipped by the queue worker that answers its token', async () => {
  const run = await process_().start(order('A-1', MUGS, { sku: 'pen', quantity: 30, price: 100 }), { name: 'A-1' });
  expect(await run.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      total: 55,
      reservations: [
        { sku: 'mug', reserved: 2 },
        { sku: 'pen', reserved: 30 },
      ],
      shipment: { parcels: 4 },
    },
  });
  expect(await stateOf('A-1')).toBe('SHIPPED');
  expect(namesOf(run)).not.toContain('Time to call it back');
});

test('a large order waits for four hours, unless it is urgent', async () => {
  const run = await process_().start(order('A-2', { sku: 'desk', quantity: 2, price: 90_000 }));
  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
  expect(namesOf(run)).toContain('Time to call it back');
  const exited = (name: string) =>
    run.history.find((event) => (event['stateExitedEventDetails'] as { name?: string } | undefined)?.name === name);
  const entered = run.history.find(
    (event) => (event['stateEnteredEventDetails'] as { name?: string } | undefined)?.name === 'Time to call it back',
  );
  const waited = Number(exited('Time to call it back')?.timestamp) - Number(entered?.timestamp);
  expect(waited).toBeGreaterThanOrEqual(4 * 3_600_000);

  const urgent = await process_().start({ ...order('A-3', { sku: 'desk', quantity: 2, price: 90_000 }), express: true });
  expect(await urgent.result()).toMatchObject({ status: 'SUCCEEDED' });
  expect(namesOf(urgent)).not.toContain('Time to call it back');
});

test('a busy shelf is tried again, and the stock is taken from once', async () => {
  local.faults.inject('after:step.Reserve item=error(StockBusy)');
  const run = await process_().start(order('A-4', { sku: 'lamp', quantity: 7, price: 3000 }));
  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { reservations: [{ sku: 'lamp', reserved: 7 }] } });
  expect(run.steps()).toContainEqual(expect.objectContaining({ name: 'Reserve item', runs: 1, attempts: 2 }));
  const { Item } = await tables.send(new GetItemCommand({ TableName: local.table('Stock').name, Key: { sku: { S: 'lamp' } } }));
  expect(Item?.['pieces']).toEqual({ N: '93' });
});

test('an order that cannot be filled is rejected, and customer care hears of it', async () => {
  const run = await process_().start(order('A-5', MUGS, { sku: 'mug', quantity: 500, price: 1250 }));
  expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'OutOfStock', cause: expect.stringContaining('never 500 of mug') });
  expect(await stateOf('A-5')).toBe('REJECTED');
  const [message] = await local.queue('CustomerCare').receive({ waitSeconds: 5 });
  expect(JSON.parse(message?.Body ?? '')).toEqual({ orderId: 'A-5', error: 'OutOfStock' });
});

test('an order without items fails at once, and the same order twice is a failed condition', async () => {
  const empty = await process_().start(order('A-6'));
  expect(await empty.result()).toMatchObject({ status: 'FAILED', error: 'InvalidOrder' });
  expect(await stateOf('A-6')).toBeUndefined();

  const twice = await process_().start(order('A-1', MUGS));
  expect(await twice.result()).toMatchObject({ status: 'FAILED', error: 'DynamoDB.ConditionalCheckFailedException' });
});

test('a warehouse that refuses fails the order by its token', async () => {
  const run = await process_().start(order('A-7', { sku: 'forbidden', quantity: 1, price: 1 }));
  expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Warehouse.Refused', cause: 'A-7 may not be shipped' });
  expect(await stateOf('A-7')).toBe('REJECTED');
});

test('a warehouse that never answers lets two days pass, which take no time here', async () => {
  const run = await process_().start(order('A-8', { sku: 'back-order-chair', quantity: 1, price: 1 }));
  expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Warehouse.Late' });
  expect(await stateOf('A-8')).toBe('LATE');
  const { history } = run;
  const took = Number(history.at(-1)?.timestamp) - Number(history[0]?.timestamp);
  expect(took).toBeGreaterThanOrEqual(2 * 86_400_000);
});

test('a message that fails goes back alone, the others of its batch are done', async () => {
  const [good, bad] = await Promise.all([
    process_().start(order('A-11', MUGS)),
    process_().start(order('A-12', { sku: 'broken-label', quantity: 1, price: 1 })),
  ]);
  expect(await good.result()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await bad.result()).toMatchObject({ status: 'FAILED', error: 'Warehouse.Late' });
  const answers = local.function('Warehouse').invocations.map(({ result }) => JSON.stringify(result));
  expect(answers.filter((text) => text?.includes('itemIdentifier'))).toHaveLength(1);
});

test('a file in the bucket starts its order, once for each name', async () => {
  const text = JSON.stringify(order('A-9', MUGS));
  await local.bucket('Inbox').put('orders/from the shop.json', text);
  await until(() =>
    process_()
      .runs()
      .some(({ name }) => name === 'A-9'),
  );
  const run = process_()
    .runs()
    .find(({ name }) => name === 'A-9');
  expect(await run?.result()).toMatchObject({ status: 'SUCCEEDED' });
  await local.bucket('Inbox').put('elsewhere/order.json', JSON.stringify(order('A-10', MUGS)));
  await local.bucket('Inbox').put('orders/again.json', text);
  await until(() => local.function('Receive').invocations.length >= 2);
  expect(
    process_()
      .runs()
      .filter(({ name }) => ['A-9', 'A-10'].includes(name)),
  ).toHaveLength(1);
});

test('every morning the orders are counted', async () => {
  const morning = await LocalRunner.fromAssembly(app.directory, { time: 'manual' });
  try {
    expect(await morning.bucket('Inbox').list('reports/')).toEqual([]);
    await morning.advance(24 * 3_600_000);
    await until(() => morning.function('Report').invocations.length > 0);
    await morning.settled();
    const [report = ''] = await morning.bucket('Inbox').list('reports/');
    expect(report).toMatch(/^reports\/\d{4}-\d\d-\d\d\.json$/);
    expect(await morning.bucket('Inbox').get(report)).toBe('{}');
  } finally {
    await morning.stop();
  }
});
