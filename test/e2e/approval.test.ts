import { Duration } from 'aws-cdk-lib/core';
import type { ApprovalLink } from '../../lib/local/approvals/approval-inbox';
import type { LocalRunner } from '../../lib/local/local-runner';
import type { LocalRun } from '../../lib/local/local-workflow';
import { SkipClock } from '../../lib/local/skip-clock';
import { WorkflowStateMachine } from '../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../lib/workflow/workflow-step';
import { runSmall, stopAll } from '../lib/local/small-app';
import { itemsOf, putItem, watchEvents } from './local-store';

jest.setTimeout(60_000);

const LEAD = 'lead@example.com';
const DEPUTY = 'deputy@example.com';
const UNKNOWN_KEY = 'A'.repeat(43);

let local: LocalRunner;
let events: ReturnType<typeof watchEvents>;

function approvalOnly(days: number) {
  return WorkflowStep.approval('Approve', { approvers: [LEAD, DEPUTY], subject: 'An answer', timeout: Duration.days(days) });
}

beforeAll(async () => {
  local = await runSmall((stack) => {
    new WorkflowStateMachine(stack, 'Ask', { steps: [approvalOnly(3)] });
  });
  events = watchEvents(local);
});

afterAll(stopAll);

/** A run that waits, with the links of both approvers. */
async function asking(): Promise<{ run: LocalRun; lead: ApprovalLink; deputy: ApprovalLink }> {
  const run = await local.workflow('Ask').start({ answer: 'forty-two' });
  const { links } = await run.waitForApproval();
  const linkOf = (name: string) => links.find(({ approver }) => approver === name) as ApprovalLink;
  return { run, lead: linkOf(LEAD), deputy: linkOf(DEPUTY) };
}

async function get(url: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

async function decide(
  url: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const link = new URL(url);
  const key = link.searchParams.get('key');
  link.search = '';
  const response = await fetch(link, {
    method: 'POST',
    body: JSON.stringify({ key, ...fields }),
    headers: { 'content-type': 'application/json' },
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

test('opening a link shows what is asked, to whom, and decides nothing', async () => {
  const { run, lead } = await asking();
  for (let opened = 0; opened < 2; opened += 1) {
    const { status, text, headers } = await get(lead.url);
    expect(status).toBe(200);
    for (const shown of ['An answer', 'forty-two', LEAD]) expect(text).toContain(shown);
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  }
  expect(run.status).toBe('RUNNING');
  const stored = (await itemsOf(local, 'Ask')).filter(({ token }) => token !== undefined);
  expect(stored.length).toBeGreaterThan(0);
  // The task token never leaves the store, and the store does not hold the key of a link.
  const { text } = await get(lead.url);
  for (const { token } of stored) expect(text).not.toContain(token?.S);
  expect(JSON.stringify(await itemsOf(local, 'Ask'))).not.toContain(new URL(lead.url).searchParams.get('key'));
  run.stop();
});

test('the approver of the link decides, whatever the body says; the same decision again has the same answer, another one none', async () => {
  const { run, lead, deputy } = await asking();
  const first = await decide(lead.url, { decision: 'approve', comment: 'fine', by: 'boss@example.com', approver: 'boss@example.com' });
  expect(first).toMatchObject({ status: 200, answer: { decision: { approved: true, by: LEAD, identity: 'link', comment: 'fine' } } });
  expect(await run.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: { answer: 'forty-two', approval: { approved: true, by: LEAD, comment: 'fine', at: expect.any(String) } },
  });
  expect(events).toContainEqual({ type: 'Approval Decided', detail: expect.objectContaining({ executionArn: run.executionArn }) });

  const again = await decide(lead.url, { decision: 'approve' });
  expect(again).toMatchObject({ status: 200, answer: { decision: first.answer['decision'] } });
  expect(await decide(lead.url, { decision: 'reject' })).toMatchObject({ status: 409, answer: { title: 'Already decided' } });
  expect(await decide(deputy.url, { decision: 'approve' })).toMatchObject({ status: 409, answer: { title: 'Already decided' } });
  expect((await get(deputy.url)).text).toContain('Approved');
});

test('two who decide at once: one decision stands, and both are told the same', async () => {
  const { run, lead, deputy } = await asking();
  const answers = await Promise.all([decide(lead.url, { decision: 'approve' }), decide(deputy.url, { decision: 'reject' })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { status } = await run.result();
  expect(status).toBe(answers[0]?.status === 200 ? 'SUCCEEDED' : 'FAILED');
});

test('a rejection fails the run with who and why, is recorded and told; a redrive asks anew and supersedes the links', async () => {
  const { run, lead } = await asking();
  await decide(lead.url, { decision: 'reject', comment: 'the second source is missing' });
  const cause = `rejected by ${LEAD}: the second source is missing`;
  expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Approval.Rejected', cause: expect.stringContaining(cause) });
  const failure = {
    executionArn: { S: run.executionArn },
    stepId: { S: 'Approve' },
    error: { S: 'Approval.Rejected' },
    cause: { S: cause },
  };
  expect(await itemsOf(local, 'Ask')).toContainEqual(expect.objectContaining(failure));
  expect(events).toContainEqual({
    type: 'Workflow Step Failed',
    detail: expect.objectContaining({ executionArn: run.executionArn, error: 'Approval.Rejected', cause }),
  });

  run.redrive();
  const second = await run.waitForApproval();
  expect(await get(lead.url)).toMatchObject({ status: 410, text: expect.stringContaining('Superseded link') });
  expect(await decide(lead.url, { decision: 'approve' })).toMatchObject({ status: 410, answer: { title: 'Superseded link' } });
  expect(run.status).toBe('RUNNING');
  await second.approve({ by: DEPUTY });
  expect(await run.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: { answer: 'forty-two', approval: { approved: true, by: DEPUTY } },
  });
});

test('an expired link shows and decides nothing', async () => {
  const { run, lead } = await asking();
  // As if its time had passed: the request in the store says until when its links work.
  const [request] = (await itemsOf(local, 'Ask')).filter(({ pk, sk }) => pk?.S === `approval#${lead.approvalId}` && sk?.S === 'request');
  const data = JSON.parse(request?.['data']?.S ?? '{}') as object;
  const linksExpireAt = Math.floor(Date.now() / 1000) - 1;
  await putItem(local, 'Ask', { ...request, data: { S: JSON.stringify({ ...data, linksExpireAt }) } });
  expect(await get(lead.url)).toMatchObject({ status: 410, text: expect.stringContaining('Expired link') });
  expect(await decide(lead.url, { decision: 'approve' })).toMatchObject({ status: 410, answer: { title: 'Expired link' } });
  expect(run.status).toBe('RUNNING');
  run.stop();
});

describe('a request that is none of ours or malformed is refused by name and changes nothing', () => {
  let run: LocalRun;
  let link: ApprovalLink;
  let base: string;

  beforeAll(async () => {
    ({ run, lead: link } = await asking());
    base = link.url.slice(0, link.url.indexOf('/approvals/'));
  });

  afterAll(() => {
    expect(run.status).toBe('RUNNING');
    run.stop();
  });

  test.each<[string, (url: string, site: string) => string, number, string]>([
    ['an unknown id', (_url, site) => `${site}/approvals/${'0'.repeat(32)}?key=${UNKNOWN_KEY}`, 404, 'Unknown approval'],
    ['a malformed id', (_url, site) => `${site}/approvals/xyz?key=${UNKNOWN_KEY}`, 400, 'Malformed link'],
    ['no key', (url) => url.replace(/\?.*/, ''), 400, 'Malformed link'],
    ['a malformed key', (url) => url.replace(/key=.*/, 'key=%3Cscript%3E'), 400, 'Malformed link'],
    ['the key of another approval', (url) => url.replace(/key=.*/, `key=${UNKNOWN_KEY}`), 403, 'Link not valid'],
  ])('%s', async (_what, urlOf, status, title) => {
    const url = urlOf(link.url, base);
    expect(await get(url)).toMatchObject({ status, text: expect.stringContaining(title) });
    expect(await decide(url, { decision: 'approve' })).toMatchObject({ status, answer: { title } });
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    ['no decision', {}, 400, 'Malformed decision'],
    ['another decision', { decision: 'maybe' }, 400, 'Malformed decision'],
    ['a comment that is no text', { decision: 'approve', comment: { a: 1 } }, 400, 'Malformed decision'],
    ['a comment too long', { decision: 'approve', comment: 'x'.repeat(2_001) }, 400, 'Malformed decision'],
    ['a body too large', { decision: 'approve', padding: 'x'.repeat(20_000) }, 413, 'Too large'],
  ])('%s', async (_what, fields, status, title) => {
    expect(await decide(link.url, fields)).toMatchObject({ status, answer: { title } });
  });

  test('a body that is no JSON', async () => {
    const response = await fetch(link.url, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ title: 'Malformed decision' })]);
  });
});

describe('with time that is skipped', () => {
  let skipping: LocalRunner;

  beforeAll(async () => {
    skipping = await runSmall(
      (stack) => {
        new WorkflowStateMachine(stack, 'Ask', { steps: [approvalOnly(3)] });
      },
      { clock: new SkipClock() },
    );
  });

  test('an approval that nobody decides expires after its three days, in seconds', async () => {
    const begun = performance.now();
    const run = await skipping.workflow('Ask').start({ answer: 1 });
    expect(await run.result()).toMatchObject({
      status: 'FAILED',
      error: 'Approval.Expired',
      cause: expect.stringContaining('nobody decided within 259200 s'),
    });
    const times = run.history.map(({ timestamp }) => timestamp.getTime());
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(3 * 86_400_000);
    expect(performance.now() - begun).toBeLessThan(30_000);
    // What was not decided in time is asked again by a redrive, with new links.
    run.redrive();
    await run.waitForApproval().approve();
    expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('an approval that is decided at once goes through', async () => {
    const run = await skipping.workflow('Ask').start({ answer: 1 });
    await run.waitForApproval().approve();
    expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('waiting for an approval that never comes ends with the run', async () => {
    const run = await skipping.workflow('Ask').start({ answer: 1 });
    await run.waitForApproval();
    await expect(run.waitForApproval()).rejects.toThrow(/^run .* FAILED without a request for an approval: Approval\.Expired: /);
  });
});
