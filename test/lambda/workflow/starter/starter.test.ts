import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { handler } from '../../../../lambda/workflow/starter/handler';
import { startRequestOf, startRequestOfMessage } from '../../../../lambda/workflow/starter/start-request';
import { AwsDouble } from '../aws-double';
import { failureOf } from '../step-fixture';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Flow:live';

let aws: AwsDouble;
/** Runs by name, as Step Functions keeps them: equal input while it runs is the same run, anything else is taken. */
let runs: Map<string, string>;
let closed = false;

beforeAll(async () => {
  aws = await AwsDouble.start();
  process.env['STATE_MACHINE_ARN'] = MACHINE;
});
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  process.env['WORKFLOW_BUCKET'] = 'workflow-bucket';
  runs = new Map();
  closed = false;
  aws.fault = ({ operation, body }) => {
    if (operation !== 'StartExecution') return undefined;
    const [name, input] = [String(body['name']), String(body['input'])];
    const known = runs.get(name);
    if (known !== undefined && (closed || known !== input)) return { error: 'ExecutionAlreadyExists' };
    runs.set(name, input);
    return undefined;
  };
  aws.answers.set('DescribeExecution', (body) => ({ input: runs.get(String(body['executionArn']).split(':').at(-1)!) }));
  for (const level of ['info', 'error'] as const) jest.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

function busEvent(more: object = {}) {
  return {
    version: '0',
    id: 'event-1',
    source: 'shop',
    'detail-type': 'Order Placed',
    time: '2026-11-24T00:00:00Z',
    detail: { order: 7 },
    ...more,
  };
}

function objectCreated(object: object, more: object = {}) {
  return busEvent({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'uploads' }, object: { key: 'a b.pdf', ...object } },
    ...more,
  });
}

function message(body: unknown, messageId = 'message-1', queue = 'arn:aws:sqs:us-east-1:000000000000:work') {
  return { messageId, body: typeof body === 'string' ? body : JSON.stringify(body), eventSource: 'aws:sqs', eventSourceARN: queue };
}

const digest = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

describe('one event, one run', () => {
  test.each<[string, unknown, string]>([
    ['an event', busEvent(), `event-${digest(['shop', 'event-1'])}`],
    ['an object', objectCreated({ sequencer: '0055' }), `object-${digest(['Object Created', 'uploads', 'a b.pdf', '0055'])}`],
    ['an object version', objectCreated({ 'version-id': 'v1' }), `object-${digest(['Object Created', 'uploads', 'a b.pdf', 'v1'])}`],
    [
      'a schedule',
      { scheduledTime: '2026-11-24T06:00:00Z', scheduleArn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/daily' },
      `schedule-${digest(['arn:aws:scheduler:us-east-1:000000000000:schedule/default/daily', '2026-11-24T06:00:00Z'])}`,
    ],
  ])('%s delivered twice starts one', async (_, event, name) => {
    for (const again of [false, true]) {
      closed = again;
      await expect(handler(event)).resolves.toEqual({ name, started: !again });
    }
    expect([...runs.keys()]).toEqual([name]);
    expect(aws.sent('StartExecution')[0]).toMatchObject({ stateMachineArn: MACHINE, name });
    expect(JSON.parse([...runs.values()][0]!)).toEqual(event);
  });

  test('a message delivered twice starts one', async () => {
    const event = { Records: [message({ n: 1 })] };
    await expect(handler(event)).resolves.toEqual({ batchItemFailures: [] });
    closed = true;
    await expect(handler(event)).resolves.toEqual({ batchItemFailures: [] });
    expect([...runs.entries()]).toEqual([[`message-${digest(['arn:aws:sqs:us-east-1:000000000000:work', 'message-1'])}`, '{"n":1}']]);
  });

  test('one object write reported under two event ids starts one', async () => {
    await handler(objectCreated({ sequencer: '1' }));
    await expect(handler(objectCreated({ sequencer: '1' }, { id: 'event-2' }))).resolves.toMatchObject({ started: false });
    await expect(handler(objectCreated({ sequencer: '2' }))).resolves.toMatchObject({ started: true });
  });

  test('an event that a rule put on a queue twice starts one', async () => {
    await handler({ Records: [message(busEvent(), 'one'), message(busEvent(), 'two')] });
    expect([...runs.keys()]).toEqual([`event-${digest(['shop', 'event-1'])}`]);
  });

  test('fails when the name was used with another input', async () => {
    await handler(busEvent());
    expect(await failureOf(handler(busEvent({ detail: { order: 8 } })))).toEqual({
      name: 'Workflow.NameTaken',
      message: `run event-${digest(['shop', 'event-1'])} exists with another input; an event starts one run within 90 days`,
    });
    expect(aws.sent('DescribeExecution')).toEqual([
      { executionArn: `arn:aws:states:us-east-1:000000000000:execution:Flow:event-${digest(['shop', 'event-1'])}` },
    ]);
  });

  test('two schedules of one tick start two', async () => {
    await handler({ scheduledTime: '2026-11-24T06:00:00Z', scheduleArn: 'one' });
    await handler({ scheduledTime: '2026-11-24T06:00:00Z', scheduleArn: 'two' });
    expect(runs.size).toBe(2);
  });

  test('every name is within what Step Functions takes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (id, source) => {
        const names = [startRequestOf(busEvent({ id, source })).name, startRequestOfMessage(message(id, source)).name];
        return names.every((name) => /^[0-9A-Za-z_-]{1,80}$/.test(name));
      }),
    );
  });
});

describe('input', () => {
  test('a schedule may carry an input of its own', async () => {
    await handler({ scheduledTime: '2026-11-24T06:00:00Z', input: { topic: 'cold starts' } });
    expect([...runs.values()]).toEqual(['{"topic":"cold starts"}']);
  });

  test('a message that is not JSON is a text', async () => {
    await handler({ Records: [message('plain text')] });
    expect([...runs.values()]).toEqual(['"plain text"']);
  });

  test.each([
    [200 * 1024, false],
    [200 * 1024 + 1, true],
  ])('%i bytes travel by claim check: %s', async (bytes, checked) => {
    const text = 'x'.repeat(bytes - 2);
    await handler({ Records: [message(JSON.stringify(text))] });
    const input = JSON.parse([...runs.values()][0]!);
    if (checked) expect(input).toEqual({ $claimCheck: expect.objectContaining({ bucket: 'workflow-bucket', bytes }) });
    else expect(input).toBe(text);
  });

  test('fails when the input is too large and there is no bucket', async () => {
    delete process.env['WORKFLOW_BUCKET'];
    expect(await failureOf(handler(busEvent({ detail: { text: 'x'.repeat(210_000) } })))).toEqual({
      name: 'Step.InvalidInput',
      message: expect.stringMatching(
        /^input of event-[0-9a-f]{64} must be at most 204800 bytes, got 210\d\d\d; give the starter the workflow's bucket or send a reference$/,
      ),
    });
  });
});

describe('queues', () => {
  const refuse = (text: string) => {
    const answer = aws.fault;
    aws.fault = (call) => (String(call.body['input']).includes(text) ? { error: 'AccessDeniedException' } : answer(call));
  };

  test('only what failed returns to the queue', async () => {
    refuse('bad');
    const event = { Records: [message('good 1', '1'), message('bad', '2'), message('good 3', '3')] };
    await expect(handler(event)).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(runs.size).toBe(2);
  });

  test('a FIFO queue gets everything after a failure back', async () => {
    refuse('bad');
    const queue = 'arn:aws:sqs:us-east-1:000000000000:work.fifo';
    const event = { Records: [message('good 1', '1', queue), message('bad', '2', queue), message('good 3', '3', queue)] };
    await expect(handler(event)).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '2' }, { itemIdentifier: '3' }] });
    expect(runs.size).toBe(1);
  });
});

test.each([
  ['nothing', undefined, 'undefined'],
  ['a text', 'text', '"text"'],
  ['an object without an id', { detail: {} }, '{"detail":{}}'],
  ['an empty batch', { Records: [] }, '{"Records":[]}'],
  ['records of another service', { Records: [{ s3: {} }] }, '{"Records":[{"s3":{}}]}'],
])('fails when the event is %s', async (_, event, got) => {
  expect(await failureOf(Promise.resolve().then(() => handler(event)))).toEqual({
    name: 'Step.InvalidInput',
    message:
      'event must be an EventBridge event (id, source, detail-type, detail), a schedule (scheduledTime) or a batch of SQS messages, ' +
      `got ${got}`,
  });
});
