import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { LocalRunner, snapshotOf } from 'cdk-serverless-ai/testing';
import { SupportDeskStack } from '../lib/support-desk-stack';

const approvers = ['lead@example.com', 'deputy@example.com'];

describe('what is deployed', () => {
  const stack = new SupportDeskStack(new App(), 'SupportDesk', { helpDeskUrl: 'https://helpdesk.example.com/api', approvers });

  test('is what was reviewed', () => {
    expect(snapshotOf(stack)).toMatchSnapshot();
  });

  test('terminates loops of the sending function', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ HELP_DESK_URL: 'https://helpdesk.example.com/api' }) },
      RecursiveLoop: 'Terminate',
      Tags: Match.arrayWith([{ Key: 'team', Value: 'support' }]),
    });
  });

  test('lets the router read the key of the pager', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['secretsmanager:GetSecretValue']),
            Resource: { Ref: Match.stringLikeRegexp('^PagerKey') },
          }),
        ]),
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^Front') }],
    });
  });
});

describe('a ticket on this machine', () => {
  jest.setTimeout(60_000);

  let helpDesk: HelpDesk;
  let local: LocalRunner;

  beforeAll(async () => {
    helpDesk = await HelpDesk.start();
    const app = new App();
    new SupportDeskStack(app, 'SupportDesk', { helpDeskUrl: helpDesk.url, approvers });
    local = await LocalRunner.fromApp(app);
  });

  afterAll(async () => {
    await local?.stop();
    helpDesk.stop();
  });

  test('is answered from the knowledge base, read by a person, and sent once', async () => {
    helpDesk.failNext();
    const ticket = { id: 'T-1', customer: 'ada@example.com', text: 'When does a refund reach my bank account?' };
    const run = await local.workflow('Tickets').start(ticket, { name: 'T-1' });

    const wait = await run.waitForApproval();
    expect(wait.approvers).toEqual(approvers);
    expect(helpDesk.answers).toEqual([]);
    await wait.approve({ by: 'deputy@example.com', comment: 'well said' });

    expect(await run.result()).toMatchObject({
      status: 'SUCCEEDED',
      output: { id: 'T-1', sentTo: 'ada@example.com', approvedBy: 'deputy@example.com' },
    });
    expect(helpDesk.answers).toEqual([
      { to: 'ada@example.com', text: expect.stringContaining('five working days'), approvedBy: 'deputy@example.com' },
    ]);
    // The help desk failed once; the repeated request is recognisable as such.
    expect(helpDesk.keys).toHaveLength(2);
    expect(new Set(helpDesk.keys).size).toBe(1);
    expect(local.function('Draft').invocations).toHaveLength(1);
  });

  test('is not sent when somebody declines, and can be asked about again', async () => {
    const sent = helpDesk.answers.length;
    const ticket = { id: 'T-2', customer: 'ben@example.com', text: 'I am locked out of my account, how do I unlock it?' };
    const run = await local.workflow('Tickets').start(ticket, { name: 'T-2' });
    await run.waitForApproval().reject({ comment: 'too terse' });
    expect(await run.result()).toMatchObject({ status: 'FAILED', error: 'Approval.Rejected' });
    expect(helpDesk.answers).toHaveLength(sent);

    run.redrive();
    await run.waitForApproval().approve();
    expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
    expect(helpDesk.answers.at(-1)).toMatchObject({ to: 'ben@example.com', text: expect.stringContaining('[sign-in.md]') });
  });

  test('that is no ticket fails at the first step, with a reason and without retries', async () => {
    const run = await local.workflow('Tickets').start({ id: 'T-3', customer: 'cleo@example.com' });
    expect(await run.result()).toMatchObject({
      status: 'FAILED',
      error: 'Step.InvalidInput',
      cause: expect.stringContaining('a ticket must have text'),
    });
    expect(run.steps()).toContainEqual(expect.objectContaining({ name: 'Classify', attempts: 1 }));
    expect(run.steps().map(({ name }) => name)).not.toContain('Draft');
  });
});

/** The API that sends answers, as far as the workflow needs it. */
class HelpDesk {
  static async start(): Promise<HelpDesk> {
    const desk = new HelpDesk();
    await new Promise<void>((resolve) => desk.server.listen(0, '127.0.0.1', resolve));
    return desk;
  }

  readonly answers: unknown[] = [];
  readonly keys: unknown[] = [];
  private failures = 0;

  private readonly server = createServer(async (request, response) => {
    this.keys.push(request.headers['idempotency-key']);
    const answer = JSON.parse(await textOf(request));
    if (this.failures-- > 0) return response.writeHead(503).end();
    this.answers.push(answer);
    return response.writeHead(201).end();
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  failNext(): void {
    this.failures = 1;
  }

  stop(): void {
    this.server.close();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
