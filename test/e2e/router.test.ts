import { LocalRunner } from '../../lib/local/local-runner';
import { type ReferenceAssembly, referenceAssembly } from './reference-assembly';

jest.setTimeout(120_000);

let reference: ReferenceAssembly;
let local: LocalRunner;
let endpoint: string;

beforeAll(async () => {
  reference = referenceAssembly();
  local = await LocalRunner.fromAssembly(reference.directory);
  endpoint = local.output('RouterEndpoint').replace(/\/$/, '');
});

afterAll(async () => {
  await local?.stop();
  reference?.remove();
});

/** IAM names the caller; the local run takes the name of the access key for it. */
async function call(user: string, method: string, path: string, body?: unknown) {
  const response = await fetch(endpoint + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      authorization: `AWS4-HMAC-SHA256 Credential=${user}/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    answer: (await response.json()) as Record<string, unknown>,
  };
}

test('a short text is answered at once by the model in the container', async () => {
  const { status, answer } = await call('ADA', 'POST', '/', { input: { text: 'What a wonderful day!' } });
  expect(status).toBe(200);
  expect(JSON.stringify(answer)).toMatch(/POSITIVE/);
});

test('research is accepted, waits for its approver, and its result is read by whoever asked and nobody else', async () => {
  await local.bucket('Documents').put('library/bakery.md', 'The bakery of Tolm was founded in 1911 by Irma Kess.');
  const request = { input: { question: 'Who founded the bakery of Tolm?' }, capabilities: ['research'] };
  const accepted = await call('ADA', 'POST', '/', request);
  expect(accepted).toMatchObject({ status: 202, answer: { status: 'accepted' } });
  const path = accepted.location ?? '';
  expect(await call('ADA', 'GET', path)).toMatchObject({ status: 202, answer: { status: 'accepted' } });

  const [run] = local.workflow('Research').runs();
  await run?.waitForApproval().approve();
  await run?.result();
  const { status, answer } = await call('ADA', 'GET', path);
  expect([status, answer['status']]).toEqual([200, 'succeeded']);
  expect(JSON.stringify(answer['output'])).toContain('founded in 1911 by Irma Kess');
  expect(await call('BOB', 'GET', path)).toMatchObject({ status: 404 });
});

test('what is too long for both goes to the workers, of which there are none until the router wakes one', async () => {
  const text = 'word '.repeat(4_000);
  const { status, answer } = await call('ADA', 'POST', '/', { input: { text } });
  expect([status, answer['status']]).toEqual([202, 'accepted']);
  const [message] = await local.queue('Workers/Queue').receive({ waitSeconds: 5 });
  expect(JSON.parse(message?.Body ?? '{}')).toMatchObject({ responseId: answer['responseId'], input: { text } });
  const woken = local.gateway.calls.filter(({ service, operation }) => service === 'ecs' && operation?.endsWith('UpdateService'));
  expect(woken).toHaveLength(1);
});
