import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { LocalRunner } from '../../lib/local/local-runner';

/** Something that the stack does, and that needs permissions. Ends early when the signal is aborted. */
export interface Scenario {
  readonly name: string;
  run(local: LocalRunner, signal: AbortSignal): Promise<void>;
}

const QUESTION = 'When was the lighthouse of Kell built?';
const STEPS = ['Plan', 'Search', 'Analyse', 'Report', 'Deliver', 'Extract', 'Summarise'];
const WITH_ON_FAILURE = ['Chat', ...STEPS, 'Pipeline/Starter'];
const FIVE_MINUTES = 300_000;

async function until(signal: AbortSignal, condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function post(url: string, service: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `AWS4-HMAC-SHA256 Credential=ADA/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', authorization, ...headers },
  });
}

async function research(local: LocalRunner): Promise<void> {
  await local.bucket('Documents').put('library/kell.md', '# Kell\n\nThe lighthouse of Kell was built in 1871. It is painted red.');
  const run = await local.workflow('Research').start({ question: QUESTION });
  await run.waitForApproval().approve();
  await run.result();
}

async function upload(local: LocalRunner, signal: AbortSignal, file: string): Promise<void> {
  const pipeline = local.workflow('Pipeline');
  const known = pipeline.runs().length;
  await local.bucket('Documents').put(`inbox/${file}`, 'The tide tables of Orm are printed in March.');
  await until(signal, () => pipeline.runs().length > known);
  await pipeline.runs()[0]?.result();
}

/** A second delivery of an event whose run has ended: the starter looks at that run to tell whether it is the same. */
async function twice(local: LocalRunner): Promise<void> {
  const starter = local.function('Pipeline/Starter');
  const event = { id: `e-${Math.random()}`, source: 'x', 'detail-type': 'X', time: '2026-11-24T00:00:00Z', detail: { n: 1 } };
  await starter.invoke(event);
  await local.workflow('Pipeline').runs()[0]?.result();
  await starter.invoke(event);
}

async function chat(local: LocalRunner): Promise<void> {
  const response = await post(local.output('ChatEndpoint'), 'execute-api', { conversationId: 'c-1', message: 'My name is Ada.' });
  await response.text();
}

async function route(local: LocalRunner, body: unknown): Promise<Response> {
  return post(local.output('RouterEndpoint'), 'lambda', body);
}

async function askRouter(local: LocalRunner): Promise<void> {
  const response = await route(local, { input: { question: QUESTION }, capabilities: ['research'] });
  const signature = 'AWS4-HMAC-SHA256 Credential=ADA/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0';
  const url = new URL(response.headers.get('location') ?? '/', local.output('RouterEndpoint'));
  await (await fetch(url, { headers: { authorization: signature } })).text();
}

function callEcs(local: LocalRunner, accessKeyId: string, operation: string, input: object): Promise<Response> {
  return fetch(local.gateway.url, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
}

/** The worker's own program under the credentials that ECS would hand it, with an agent that asks ECS in its name. */
async function work(local: LocalRunner, signal: AbortSignal): Promise<void> {
  const statements = local.permissions.statements();
  const resources = JSON.stringify(statements.map(({ statement }) => statement));
  const [, cluster = '', service = ''] = /:service\/([^/"]+)\/([^/"]+)"/.exec(resources) ?? [];
  // The router wakes a service that sleeps.
  await callEcs(local, 'ADA', 'UpdateService', { cluster, service, desiredCount: 0 });
  await (await route(local, { input: { text: 'The harbour of Orm freezes every winter. '.repeat(400) } })).text();
  const task = statements.find(({ roleArn }) => roleArn.includes('WorkersTaskTaskRole'));
  const taskArn = `arn:aws:ecs:us-east-1:000000000000:task/${cluster}/0123456789`;
  const owner = { roleArn: task?.roleArn, taskArn };
  const { accessKeyId, secretAccessKey, sessionToken } = local.gateway.issueCredentials(owner);
  const agent = createServer((request, response) => {
    request.resume();
    callEcs(local, accessKeyId, 'UpdateTaskProtection', { cluster, tasks: [taskArn], protectionEnabled: true }).then(
      () => response.end('{}'),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve));
  const queue = local.queue('Workers/Queue');
  const worker = spawn(process.execPath, [join(__dirname, '..', '..', 'dist', 'images', 'worker', 'index.js')], {
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: local.gateway.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      ECS_AGENT_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}`,
      MODEL_ID: 'us.amazon.nova-lite-v1:0',
      WORKER_QUEUE_URL: queue.url,
      WORKER_VISIBILITY_SECONDS: '300',
      RESPONSE_BUCKET: local.bucket('Router/Responses').name,
    },
  });
  const ended = new Promise((resolve) => worker.on('exit', resolve));
  try {
    await until(signal, () =>
      local.calls({ service: 'sqs', operation: 'DeleteMessage' }).some(({ caller }) => caller.accessKeyId === accessKeyId),
    );
  } finally {
    worker.kill('SIGKILL');
    await ended;
    agent.closeAllConnections();
    await new Promise((resolve) => agent.close(resolve));
  }
}

/** A step whose input comes by claim check, as the workflow calls it: it reads the input, does its work and records it. */
async function claim(local: LocalRunner, step: string): Promise<void> {
  const fn = local.function(step);
  const event = fn.invocations
    .map(({ event: known }) => known as { workflow?: object; input?: unknown })
    .find(({ input }) => input !== undefined && !JSON.stringify(input).includes('$claimCheck'));
  const text = JSON.stringify(event?.input ?? {});
  const sha256 = createHash('sha256').update(text).digest('hex');
  const store = local.bucket(['Extract', 'Summarise'].includes(step) ? 'Pipeline/Store' : 'Research/Store');
  const key = `claim-checks/scenario/${sha256}.json`;
  await store.put(key, text);
  const input = { $claimCheck: { bucket: store.name, key, sha256, bytes: Buffer.byteLength(text) } };
  const executionArn = `arn:aws:states:us-east-1:000000000000:execution:m:${Math.random()}`;
  await fn.invoke({ ...event, workflow: { ...event?.workflow, executionArn }, input }).catch(() => undefined);
}

/** An event that fails for good goes to the queue of its function. */
async function failForGood(local: LocalRunner, signal: AbortSignal, reference: string): Promise<void> {
  const fn = local.function(reference);
  const sent = () =>
    local.calls({ service: 'sqs', operation: 'SendMessage' }).filter(({ caller }) => caller.sessionName === fn.name).length;
  const before = sent();
  const url = `${local.gateway.url}/2015-03-31/functions/${encodeURIComponent(fn.arn)}/invocations`;
  // The agent answers whatever it is asked, so it has to crash.
  const crash = reference === 'Chat' ? local.faults.inject('before:bedrock.ConverseStream=kill,function=Chat,nth=all') : undefined;
  const event =
    crash === undefined
      ? { nonsense: true }
      : fn.invocations.map(({ event: known }) => known as { body?: unknown }).find(({ body }) => body !== undefined);
  try {
    await post(url, 'lambda', event, { 'x-amz-invocation-type': 'Event' });
    await until(signal, async () => {
      await local.advance(FIVE_MINUTES);
      return sent() > before;
    });
  } finally {
    crash?.remove();
  }
}

async function start(local: LocalRunner, name: string): Promise<void> {
  const fn = local.functions().find((one) => one.name === name);
  for (const { id } of fn?.environments ?? []) fn?.kill(id);
  await fn?.invoke({}).catch(() => undefined);
}

/** In an order in which each finds what it builds on. */
export function scenarios(local: LocalRunner): Scenario[] {
  return [
    // First of all, so that the others find warm environments.
    ...local.functions().map(({ name }) => ({ name: `start of ${name}`, run: () => start(local, name) })),
    { name: 'deployment', run: async () => void local.permissions.checkDeployment() },
    { name: 'research', run: research },
    {
      name: 'research without a question',
      run: async () => void (await (await local.workflow('Research').start({ question: ' ' })).result()),
    },
    { name: 'upload', run: (_, signal) => upload(local, signal, `tides-${Math.random()}.txt`) },
    { name: 'upload that cannot be read', run: (_, signal) => upload(local, signal, `scan-${Math.random()}.pdf`) },
    {
      name: 'large event',
      run: async () =>
        void (await local.function('Pipeline/Starter').invoke({
          id: `e-${Math.random()}`,
          source: 'x',
          'detail-type': 'X',
          time: '2026-11-24T00:00:00Z',
          detail: { text: 'x'.repeat(250_000) },
        })),
    },
    { name: 'event twice', run: twice },
    { name: 'chat', run: chat },
    { name: 'short text', run: async () => void (await (await route(local, { input: { text: 'What a wonderful day!' } })).text()) },
    { name: 'routed research', run: askRouter },
    { name: 'long text', run: work },
    { name: 'schedules', run: () => local.advance(FIVE_MINUTES) },
    ...STEPS.map((step) => ({ name: `claim check of ${step}`, run: () => claim(local, step) })),
    ...WITH_ON_FAILURE.map((fn) => ({
      name: `failure of ${fn}`,
      run: (_: LocalRunner, signal: AbortSignal) => failForGood(local, signal, fn),
    })),
  ];
}
