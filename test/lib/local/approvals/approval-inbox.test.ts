import { ApprovalInbox } from '../../../../lib/local/approvals/approval-inbox';
import type { BusEvent } from '../../../../lib/local/services/event-pattern';

const ARN = 'arn:aws:states:us-east-1:000000000000:execution:Tickets:T-1';

const mail = (approvalId: string, approver: string, key: string) => ({
  topicArn: 'arn:aws:sns:us-east-1:000000000000:Approvals',
  message: [
    'Approval requested: an answer',
    'Workflow T-1, step Approve',
    '',
    `Review and decide: http://127.0.0.1:1/approvals/${approvalId}?key=${key}`,
    '',
    `The link was made for ${approver}; whoever has it decides in that name. It works until tomorrow.`,
  ].join('\n'),
});

const requested = (approvalId: string, executionArn = ARN): BusEvent => ({
  version: '0',
  id: '1',
  'detail-type': 'Approval Requested',
  source: 'serverless-ai.workflow',
  account: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: { approvalId, executionArn },
});

const keysOf = (links: readonly { url: string }[]) => links.map(({ url }) => new URL(url).searchParams.get('key'));

test('a request is there when every approver has a link, not before', async () => {
  const inbox = new ApprovalInbox();
  let taken = false;
  const links = inbox.take(ARN).finally(() => {
    taken = true;
  });
  inbox.receive(mail('aa', 'lead@example.com', 'k1'));
  await new Promise(setImmediate);
  expect(taken).toBe(false);
  inbox.receive(mail('aa', 'deputy@example.com', 'k2'));
  inbox.announce(requested('aa'));
  expect((await links).map(({ approver }) => approver)).toEqual(['lead@example.com', 'deputy@example.com']);
});

test('a repeated mint replaces the links of the one before', async () => {
  const inbox = new ApprovalInbox();
  for (const key of ['old', 'new']) inbox.receive(mail('aa', 'lead@example.com', key));
  inbox.announce(requested('aa'));
  expect(keysOf(await inbox.take(ARN))).toEqual(['new']);
});

test('a step that asks again supersedes the links of the request before, each request is taken once', async () => {
  const inbox = new ApprovalInbox();
  const ask = (key: string) => {
    inbox.receive(mail('aa', 'lead@example.com', key));
    inbox.receive(mail('aa', 'deputy@example.com', `${key}-deputy`));
    inbox.announce(requested('aa'));
  };
  for (const key of ['first', 'second']) ask(key);
  expect(keysOf(await inbox.take(ARN))).toEqual(['second', 'second-deputy']);
  ask('third');
  expect(keysOf(await inbox.take(ARN))).toEqual(['third', 'third-deputy']);
});

test('two approval steps of one run are taken in the order in which they asked', async () => {
  const inbox = new ApprovalInbox();
  for (const id of ['aa', 'bb']) {
    inbox.receive(mail(id, 'lead@example.com', id));
    inbox.announce(requested(id));
  }
  expect([keysOf(await inbox.take(ARN)), keysOf(await inbox.take(ARN))]).toEqual([['aa'], ['bb']]);
});

test('what a run asked for before it was redriven is not waited for', async () => {
  const inbox = new ApprovalInbox();
  inbox.receive(mail('aa', 'lead@example.com', 'old'));
  inbox.announce(requested('aa'));
  inbox.forget(ARN);
  const links = inbox.take(ARN);
  inbox.receive(mail('aa', 'lead@example.com', 'new'));
  inbox.announce(requested('aa'));
  expect(keysOf(await links)).toEqual(['new']);
});

test('waiting can be given up, and takes nothing then', async () => {
  const inbox = new ApprovalInbox();
  const given = new AbortController();
  const waiting = inbox.take(ARN, given.signal);
  given.abort(new Error('the run ended'));
  await expect(waiting).rejects.toThrow('the run ended');
  inbox.receive(mail('aa', 'lead@example.com', 'k1'));
  inbox.announce(requested('aa'));
  expect(keysOf(await inbox.take(ARN))).toEqual(['k1']);
});

test('runs of one name in two workflows do not see the links of each other', async () => {
  const inbox = new ApprovalInbox();
  const other = ARN.replace('Tickets', 'Invoices');
  inbox.receive(mail('aa', 'lead@example.com', 'ticket'));
  inbox.receive(mail('bb', 'lead@example.com', 'invoice'));
  inbox.announce(requested('aa'));
  inbox.announce(requested('bb', other));
  expect(keysOf(await inbox.take(other))).toEqual(['invoice']);
  expect(keysOf(await inbox.take(ARN))).toEqual(['ticket']);
});

test('other messages and events are none of its business', async () => {
  const inbox = new ApprovalInbox();
  inbox.receive({ topicArn: 'arn:aws:sns:us-east-1:000000000000:Approvals', message: 'Read http://example.com/approvals and relax' });
  inbox.announce({ ...requested('aa'), 'detail-type': 'Approval Decided' });
  inbox.receive(mail('aa', 'lead@example.com', 'k1'));
  inbox.announce({ ...requested('aa'), source: 'somebody.else' });
  inbox.announce(requested('aa'));
  expect(keysOf(await inbox.take(ARN))).toEqual(['k1']);
});
