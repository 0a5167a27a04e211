import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApprovalLink } from '../../../../lib/local/approvals/approval-inbox';
import { SystemClock } from '../../../../lib/local/clock';
import { ACTIONS } from '../../../../lib/local/console/actions';
import type { Deployment } from '../../../../lib/local/deployment';

let server: Server;
let link: ApprovalLink;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.statusCode = 410;
    response.end('<p>this approval was decided before</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?key=k`;
  link = { approvalId: 'one', approver: 'ana@example.com', executionArn: 'arn', url } as ApprovalLink;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const decide = async (body: object) => {
  const inbox = { pending: () => [[link]], drop: () => undefined };
  const site = { inbox, clock: new SystemClock() } as unknown as Deployment;
  return ACTIONS['decide']!(site, { arn: 'arn', approvalId: 'one', decision: 'approve', ...body });
};

test('a decision that comes after another is told as what it is, not as a defect of the page', async () => {
  await expect(decide({})).rejects.toMatchObject({
    code: 'Decision',
    status: 409,
    message: expect.stringContaining('this approval was decided before'),
  });
});

test('whoever is no approver is refused with the names of those who are', async () => {
  await expect(decide({ by: 'eve' })).rejects.toMatchObject({
    code: 'Decision',
    status: 409,
    message: 'eve is no approver of this request, its approvers are ana@example.com',
  });
});

test('an approval that nobody waits for any more is a conflict', async () => {
  await expect(decide({ approvalId: 'two' })).rejects.toMatchObject({ code: 'NoApproval', status: 409 });
});
