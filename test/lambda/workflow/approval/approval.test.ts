import { handler } from '../../../../lambda/workflow/approval/handler';
import type { HttpResponse } from '../../../../lambda/workflow/approval/http';
import { AwsDouble } from '../aws-double';
import { failureOf, newRun } from '../step-fixture';

let aws: AwsDouble;
beforeAll(async () => {
  aws = await AwsDouble.start();
  Object.assign(process.env, {
    APPROVAL_URL: 'https://approvals.example',
    APPROVAL_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:approvals',
    EVENT_BUS_NAME: 'workflow-bus',
  });
});
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(console, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

interface Minted {
  readonly id: string;
  readonly run: string;
  readonly keys: Record<string, string>;
}

function request(run: string, more: object = {}) {
  return {
    workflow: { executionArn: `arn:aws:states:us-east-1:000000000000:execution:Flow:${run}`, name: run, startedAt: '2026-11-24T00:00:00Z' },
    stepId: 'Approve',
    taskToken: `token-of-${run}`,
    approvers: ['ann@example.com', 'bob@example.com'],
    expiresInSeconds: 3600,
    subject: 'Report on cold starts',
    input: { summary: '<b>bold</b> & "quoted"' },
    ...more,
  };
}

async function mint(more: object = {}, run = newRun()): Promise<Minted> {
  aws.calls.length = 0;
  await handler(request(run, more));
  const keys: Record<string, string> = {};
  let id = '';
  for (const message of aws.sent('Publish')) {
    const [, path, key] = /\/approvals\/([0-9a-f]{32})\?key=([\w-]{43})/.exec(String(message['Message']))!;
    id = path!;
    keys[String(message['MessageAttributes.entry.1.Value.StringValue'])] = key!;
  }
  return { id, run, keys };
}

describe('asked again because asking failed when the links were out', () => {
  const approve = ({ id, keys }: Minted) => ask({ id, json: { key: keys['ann@example.com'], decision: 'approve' } });
  const told = () => aws.sent('SendTaskSuccess').map(({ taskToken, output }) => [taskToken, JSON.parse(String(output)).by]);

  test('a decision that was taken meanwhile is passed on to the new task, and nobody is mailed again', async () => {
    const minted = await mint();
    expect((await approve(minted)).statusCode).toBe(200);
    const again = { taskToken: 'token-2', attempt: 1 };
    const { keys } = await mint(again, minted.run);
    expect(keys).toEqual({});
    expect(told()).toEqual([['token-2', 'ann@example.com']]);
    // The workflow asks once more and hears the same.
    await mint({ taskToken: 'token-3', attempt: 2 }, minted.run);
    expect(told()).toEqual([['token-3', 'ann@example.com']]);
  });

  test('a decision of an earlier redrive was heard: the redrive asks anew, at its first attempt and at a later one', async () => {
    const minted = await mint();
    await approve(minted);
    expect(Object.keys((await mint({ taskToken: 'token-2', attempt: 1, redrive: 1 }, minted.run)).keys)).toHaveLength(2);
    expect(aws.sent('SendTaskSuccess')).toEqual([]);
    expect(Object.keys((await mint({ taskToken: 'token-3', attempt: 0, redrive: 2 }, minted.run)).keys)).toHaveLength(2);
  });

  test('without a decision new links replace the old ones', async () => {
    const minted = await mint();
    const second = await mint({ taskToken: 'token-2', attempt: 1 }, minted.run);
    expect((await approve(minted)).statusCode).toBe(410);
    expect((await approve(second)).statusCode).toBe(200);
  });
});

interface Ask {
  readonly method?: string;
  readonly id: string;
  readonly key?: string;
  readonly form?: Record<string, string>;
  readonly json?: unknown;
  readonly claims?: object;
  readonly body?: string;
  readonly contentType?: string;
}

function ask({ method, id, key, form, json, claims, body, contentType }: Ask): Promise<HttpResponse> {
  const text = body ?? (json !== undefined ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : undefined);
  const type = contentType ?? (json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded');
  return handler({
    version: '2.0',
    rawPath: `/approvals/${id}`,
    pathParameters: { id },
    headers: text === undefined ? {} : { 'content-type': type },
    queryStringParameters: key === undefined ? {} : { key },
    requestContext: {
      http: { method: method ?? (text === undefined ? 'GET' : 'POST') },
      ...(claims ? { authorizer: { jwt: { claims } } } : {}),
    },
    ...(text === undefined ? {} : { body: Buffer.from(text).toString('base64'), isBase64Encoded: true }),
  }) as Promise<HttpResponse>;
}

const ann = ({ id, keys }: Minted) => ({ id, key: keys['ann@example.com']! });
const bob = ({ id, keys }: Minted) => ({ id, key: keys['bob@example.com']! });
const title = ({ body }: HttpResponse) => /<h1>(.*?)<\/h1>/.exec(body)?.[1];

describe('minting', () => {
  test('each approver gets a link of their own, filterable by attribute', async () => {
    const minted = await mint();
    expect(Object.keys(minted.keys)).toEqual(['ann@example.com', 'bob@example.com']);
    expect(new Set(Object.values(minted.keys)).size).toBe(2);
    const [message] = aws.sent('Publish');
    expect(message).toMatchObject({
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:approvals',
      Subject: 'Approval requested: Report on cold starts',
      'MessageAttributes.entry.1.Name': 'approver',
      'MessageAttributes.entry.1.Value.DataType': 'String',
    });
  });

  test('the store holds digests and no keys, the event neither keys nor token', async () => {
    const { run, keys, id } = await mint();
    const stored = JSON.stringify(await aws.items(id));
    const events = JSON.stringify(aws.sent('PutEvents'));
    for (const key of Object.values(keys)) {
      expect(stored).not.toContain(key);
      expect(events).not.toContain(key);
    }
    expect(events).not.toContain(`token-of-${run}`);
    expect(aws.sent('PutEvents')).toEqual([
      {
        Entries: [
          expect.objectContaining({ Source: 'serverless-ai.workflow', DetailType: 'Approval Requested', EventBusName: 'workflow-bus' }),
        ],
      },
    ]);
  });

  test('a message subject is printable ASCII of at most 100 characters', async () => {
    await mint({ subject: `Übersicht\n${'x'.repeat(200)}` });
    const subject = String(aws.sent('Publish')[0]?.['Subject']);
    expect(subject).toMatch(/^Approval requested: \?bersicht\?x+$/);
    expect(subject).toHaveLength(100);
  });

  test('a repeated delivery of a decided request mints nothing and loses nothing', async () => {
    const minted = await mint();
    await ask({ ...ann(minted), form: { decision: 'approve' } });
    aws.calls.length = 0;
    await expect(handler(request(minted.run))).resolves.toEqual({ approvalId: minted.id, links: 0 });
    expect(aws.sent('Publish')).toEqual([]);
    expect(title(await ask(ann(minted)))).toBe('Approved');
  });

  test.each([
    [
      'nothing',
      {},
      'approval request is malformed: workflow.executionArn must be a non-empty string; workflow.name must be a non-empty string; ' +
        'stepId must be a non-empty string; taskToken must be a non-empty string; subject must be a non-empty string; ' +
        'approvers must be a list of 1 to 99 names; expiresInSeconds must be a whole number above 0',
    ],
    ['no approver', request('r', { approvers: [] }), 'approval request is malformed: approvers must be a list of 1 to 99 names'],
    [
      'one approver twice',
      request('r', { approvers: ['a', 'a'] }),
      'approval request is malformed: approvers must be non-empty and differ from each other',
    ],
    ['no time', request('r', { expiresInSeconds: 0 }), 'approval request is malformed: expiresInSeconds must be a whole number above 0'],
  ])('fails when the request has %s', async (_, event, message) => {
    expect(await failureOf(handler(event))).toEqual({ name: 'Step.InvalidInput', message });
  });
});

describe('showing', () => {
  test.each(['GET', 'HEAD'])('%s shows and decides nothing', async (method) => {
    const minted = await mint();
    aws.calls.length = 0;
    const response = await ask({ ...ann(minted), method });
    expect(response.statusCode).toBe(200);
    expect(aws.calls.every(({ operation }) => operation === 'GetItem')).toBe(true);
    expect(response.body.length > 0).toBe(method === 'GET');
  });

  test('the page is escaped, loads nothing, and is neither cached nor passed on by referrer', async () => {
    const minted = await mint({ subject: '<script>alert(1)</script>' });
    const { body, headers } = await ask(ann(minted));
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('<b>');
    expect(body).toContain('&#60;b&#62;bold');
    expect(body).toContain('ann@example.com');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/,
      ),
    });
  });

  test('what is shown of a long or claim-checked input is short', async () => {
    const claim = { bucket: 'b', key: 'secret-key', sha256: '0'.repeat(64), bytes: 4711 };
    const long = await ask(ann(await mint({ input: 'x'.repeat(5_000) })));
    expect(long.body).toContain('3002 more characters');
    const checked = await ask(ann(await mint({ input: { $claimCheck: claim, verdict: 'good' } })));
    expect(checked.body).toContain('4711 bytes in the workflow&#39;s store');
    expect(checked.body).toContain('good');
    expect(checked.body).not.toContain('secret-key');
  });
});

describe('deciding', () => {
  test.each([
    ['approve', true],
    ['reject', false],
  ])('%s reaches the workflow with who and when', async (decision, approved) => {
    const minted = await mint();
    aws.calls.length = 0;
    const response = await ask({ ...ann(minted), form: { decision, comment: 'looks right' } });
    expect(response.statusCode).toBe(200);
    const [sent] = aws.sent('SendTaskSuccess');
    expect(sent?.['taskToken']).toBe(`token-of-${minted.run}`);
    expect(JSON.parse(String(sent?.['output']))).toEqual({
      approved,
      by: 'ann@example.com',
      identity: 'link',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      comment: 'looks right',
    });
    const [event] = aws.sent('PutEvents')[0]!['Entries'] as { DetailType: string; Detail: string }[];
    expect(event?.DetailType).toBe('Approval Decided');
    expect(JSON.parse(event!.Detail)).toMatchObject({ approvalId: minted.id, approved, by: 'ann@example.com' });
    expect(await aws.items('approval-outbox')).toEqual([]);
  });

  test('who decides is never taken from the body', async () => {
    const minted = await mint();
    await ask({ ...ann(minted), json: { decision: 'approve', by: 'boss', approver: 'boss', userId: 'boss', identity: 'authorizer' } });
    expect(JSON.parse(String(aws.sent('SendTaskSuccess')[0]?.['output']))).toMatchObject({ by: 'ann@example.com', identity: 'link' });
  });

  test('the same decision again has the same answer and reaches the workflow once', async () => {
    const minted = await mint();
    const first = await ask({ ...ann(minted), form: { decision: 'approve' } });
    const second = await ask({ ...ann(minted), form: { decision: 'approve' } });
    expect(second).toEqual(first);
    expect(aws.sent('SendTaskSuccess')).toHaveLength(1);
  });

  test.each([
    ['another decision by the same approver', ann, 'reject'],
    ['the same decision by another approver', bob, 'approve'],
  ])('fails when %s follows', async (_, who, decision) => {
    const minted = await mint();
    await ask({ ...ann(minted), form: { decision: 'approve' } });
    const response = await ask({ ...who(minted), form: { decision } });
    expect(response.statusCode).toBe(409);
    expect(response.body).toMatch(/Approved by ann@example\.com at .* That decision stands\./);
    expect(aws.sent('SendTaskSuccess')).toHaveLength(1);
  });

  test('of concurrent decisions one wins', async () => {
    const minted = await mint();
    const responses = await Promise.all([
      ask({ ...ann(minted), form: { decision: 'approve' } }),
      ask({ ...bob(minted), form: { decision: 'reject' } }),
    ]);
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(aws.sent('SendTaskSuccess')).toHaveLength(1);
  });

  test.each<[string, Partial<Ask>, number, string]>([
    ['no decision', { form: {} }, 400, 'decision must be approve or reject.'],
    ['an unknown decision', { form: { decision: 'maybe' } }, 400, 'decision must be approve or reject.'],
    [
      'a comment of 2,001 characters',
      { form: { decision: 'approve', comment: 'x'.repeat(2_001) } },
      400,
      'comment must be at most 2000 characters, got 2001.',
    ],
    ['a comment that is no text', { json: { decision: 'approve', comment: [] } }, 400, 'comment must be a text.'],
    ['a body that is not JSON', { body: '{', contentType: 'application/json' }, 400, 'The body is not a JSON object.'],
    ['a body that is too large', { body: 'x'.repeat(16_385) }, 413, 'A decision must be at most 16384 bytes.'],
    ['another method', { method: 'DELETE' }, 405, 'Use GET to look and POST to decide.'],
  ])('fails when there is %s', async (_, what, status, text) => {
    const minted = await mint();
    const response = await ask({ ...ann(minted), ...what });
    expect(response.statusCode).toBe(status);
    expect(response.body).toContain(text);
    expect(aws.sent('SendTaskSuccess')).toEqual([]);
  });

  test('a comment of 2,000 characters is taken', async () => {
    const response = await ask({ ...ann(await mint()), form: { decision: 'approve', comment: 'x'.repeat(2_000) } });
    expect(response.statusCode).toBe(200);
  });
});

describe('links that are not good', () => {
  test.each([
    ['a malformed id', (minted: Minted) => ({ ...ann(minted), id: 'x' }), 400, 'Malformed link'],
    ['a malformed key', (minted: Minted) => ({ ...ann(minted), key: 'short' }), 400, 'Malformed link'],
    ['no key', ({ id }: Minted) => ({ id }), 400, 'Malformed link'],
    ['an unknown id', (minted: Minted) => ({ ...ann(minted), id: '0'.repeat(32) }), 404, 'Unknown approval'],
    ['a key that was never minted', (minted: Minted) => ({ ...ann(minted), key: 'A'.repeat(43) }), 403, 'Link not valid'],
  ])('%s', async (_, change, status, heading) => {
    const use = change(await mint());
    for (const form of [undefined, { decision: 'approve' }]) {
      const response = await ask({ ...use, ...(form ? { form } : {}) });
      expect([response.statusCode, title(response)]).toEqual([status, heading]);
    }
    expect(aws.sent('SendTaskSuccess')).toEqual([]);
  });

  test('an expired link says so, a decision before it still stands', async () => {
    const [open, decided] = [await mint({ expiresInSeconds: 60 }), await mint({ expiresInSeconds: 60 })];
    await ask({ ...ann(decided), form: { decision: 'approve' } });
    aws.calls.length = 0;
    const later = Date.now() + 61_000;
    jest.spyOn(Date, 'now').mockImplementation(() => later);
    const response = await ask({ ...ann(open), form: { decision: 'approve' } });
    expect([response.statusCode, title(response)]).toEqual([410, 'Expired link']);
    expect(title(await ask({ ...ann(decided), form: { decision: 'approve' } }))).toBe('Approved');
    expect(aws.sent('SendTaskSuccess')).toEqual([]);
  });

  test('a new attempt of the step supersedes the links of the one before', async () => {
    const old = await mint();
    const renewed = await mint({ taskToken: 'second-token' }, old.run);
    expect(renewed.id).toBe(old.id);
    const response = await ask({ ...ann(old), form: { decision: 'approve' } });
    expect([response.statusCode, title(response)]).toEqual([410, 'Superseded link']);
    await ask({ ...ann(renewed), form: { decision: 'approve' } });
    expect(aws.sent('SendTaskSuccess').map((call) => call['taskToken'])).toEqual(['second-token']);
  });

  test('a redrive asks again, whatever was decided before', async () => {
    const old = await mint();
    await ask({ ...ann(old), form: { decision: 'reject' } });
    const renewed = await mint({ taskToken: 'after-redrive' }, old.run);
    const response = await ask({ ...ann(renewed), form: { decision: 'approve' } });
    expect([response.statusCode, title(response)]).toEqual([200, 'Approved']);
  });
});

describe('with an authorizer', () => {
  test.each([
    ['the approver by address', { email: 'Ann@Example.com', sub: '1' }, 200],
    ['the approver by subject', { sub: 'ann@example.com' }, 200],
    ['somebody else', { email: 'eve@example.com', sub: '2' }, 403],
    ['an address that is not verified', { email: 'ann@example.com', email_verified: 'false', sub: '3' }, 403],
    ['nobody', {}, 403],
  ])('%s', async (_, claims, status) => {
    const minted = await mint();
    const response = await ask({ ...ann(minted), claims, form: { decision: 'approve' } });
    expect(response.statusCode).toBe(status);
    const sent = aws.sent('SendTaskSuccess').map((call) => JSON.parse(String(call['output'])));
    expect(sent).toEqual(status === 200 ? [expect.objectContaining({ by: 'ann@example.com', identity: 'authorizer' })] : []);
  });
});

describe('a decision is never lost', () => {
  test('crash between recording and telling: the sweep delivers', async () => {
    const minted = await mint();
    aws.fault = ({ operation }) => (operation === 'SendTaskSuccess' ? { error: 'AccessDeniedException' } : undefined);
    const response = await ask({ ...ann(minted), form: { decision: 'approve' } });
    expect(response.statusCode).toBe(202);
    expect(response.body).toContain('The decision is recorded; the workflow hears of it within minutes.');
    expect(await handler({ sweep: true })).toEqual({ delivered: 0, pending: 1 });
    aws.reset();
    expect(await handler({ sweep: true })).toEqual({ delivered: 1, pending: 0 });
    expect(aws.sent('SendTaskSuccess').map((call) => call['taskToken'])).toEqual([`token-of-${minted.run}`]);
    expect(await handler({ sweep: true })).toEqual({ delivered: 0, pending: 0 });
  });

  test('a repeated decision delivers as well', async () => {
    const minted = await mint();
    aws.fault = ({ operation }) => (operation === 'SendTaskSuccess' ? { error: 'AccessDeniedException' } : undefined);
    await ask({ ...ann(minted), form: { decision: 'approve' } });
    aws.reset();
    expect((await ask({ ...ann(minted), form: { decision: 'approve' } })).statusCode).toBe(200);
    expect(aws.sent('SendTaskSuccess')).toHaveLength(1);
    expect(await handler({ sweep: true })).toEqual({ delivered: 0, pending: 0 });
  });

  test('the decision and its place in the outbox are one write', async () => {
    const minted = await mint();
    aws.calls.length = 0;
    await ask({ ...ann(minted), form: { decision: 'approve' } });
    expect(aws.operations().filter((operation) => operation !== 'GetItem')).toEqual(['TransactWriteItems', 'DeleteItem']);
  });

  test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('%s means that there is nobody left to tell', async (error) => {
    const minted = await mint();
    aws.fault = ({ operation }) => (operation === 'SendTaskSuccess' ? { error } : undefined);
    expect((await ask({ ...ann(minted), form: { decision: 'approve' } })).statusCode).toBe(200);
    expect(await handler({ sweep: true })).toEqual({ delivered: 0, pending: 0 });
  });

  test('a bus that does not take the event keeps the decision in the outbox', async () => {
    const minted = await mint();
    aws.answers.set('PutEvents', () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] }));
    expect((await ask({ ...ann(minted), form: { decision: 'approve' } })).statusCode).toBe(202);
    aws.reset();
    expect(await handler({ sweep: true })).toEqual({ delivered: 1, pending: 0 });
  });

  test('a table that fails gives 503 and records nothing', async () => {
    const minted = await mint();
    aws.fault = ({ operation }) => (operation === 'GetItem' ? { error: 'AccessDeniedException' } : undefined);
    const response = await ask({ ...ann(minted), form: { decision: 'approve' } });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
    expect(response.body).not.toContain('AccessDenied');
  });
});

test('answers JSON to who asks for it', async () => {
  const minted = await mint();
  const open = (await handler({
    headers: { accept: 'application/json' },
    rawPath: `/approvals/${minted.id}`,
    queryStringParameters: { key: ann(minted).key },
    requestContext: { http: { method: 'GET' } },
  })) as HttpResponse;
  expect(JSON.parse(open.body)).toMatchObject({ status: 'open', approver: 'ann@example.com', subject: 'Report on cold starts' });
  const decided = await ask({ id: minted.id, json: { key: ann(minted).key, decision: 'reject' } });
  expect(JSON.parse(decided.body)).toMatchObject({ status: 'decided', delivered: true, decision: { approved: false } });
});
