import { App } from 'aws-cdk-lib/core';
import { LocalRunner } from '../../lib/local/local-runner';
import { ReferenceStack } from '../../lib/reference/reference-stack';

jest.setTimeout(120_000);

let local: LocalRunner;

beforeAll(async () => {
  const app = new App();
  new ReferenceStack(app, 'ServerlessAi', { approvers: ['ada@example.com'] });
  local = await LocalRunner.fromApp(app);
});

afterAll(() => local?.stop());

test('a report is written from the documents, approved by the approver and delivered', async () => {
  const documents = local.bucket('Documents');
  await documents.put('library/kell.md', '# Kell\n\nThe lighthouse of Kell was built in 1871. It is painted red.');
  await documents.put('library/orm.md', '# Orm\n\nThe harbour of Orm freezes every winter.');
  const run = await local.workflow('Research').start({ question: 'When was the lighthouse of Kell built?' });

  const wait = await run.waitForApproval();
  expect(wait.approvers).toEqual(['ada@example.com']);
  expect(await documents.list('reports/')).toEqual([]);
  await wait.approve();

  expect(await run.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: { files: ['kell.md'], report: expect.stringContaining('1871'), approval: { approved: true, by: 'ada@example.com' } },
  });
  expect(await documents.get(`reports/${run.name}.md`)).toContain('1871');
});

test('a question that the documents cannot answer gets that answer', async () => {
  const run = await local.workflow('Research').start({ question: 'Who composed the anthem of Vantria?' });
  await run.waitForApproval().approve();
  expect(await run.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: { files: [], report: expect.stringContaining('do not answer') },
  });
});

test('no question is an error of the first step, with its reason', async () => {
  const run = await local.workflow('Research').start({ question: ' ' });
  expect(await run.result()).toMatchObject({
    status: 'FAILED',
    error: 'Step.InvalidInput',
    cause: expect.stringContaining('question must be a text'),
  });
});

test('an upload becomes text in the library and a summary', async () => {
  const documents = local.bucket('Documents');
  await documents.put('inbox/tides.txt', 'The tide tables of Orm are printed in March. They cost two crowns.');
  await until(async () => (await documents.get('summaries/tides.md')) !== undefined);
  expect(await documents.get('library/tides.txt')).toContain('printed in March');
  expect(await documents.get('summaries/tides.md')).toContain('# tides.txt');
});

test('the sentiment function answers from the real model', async () => {
  const texts = [
    'The support team was wonderful and solved my problem quickly.',
    'Terrible quality, it broke after one day and nobody answered.',
    '🙂🙂',
  ];
  const answer = await local.function('Sentiment').invoke({ texts, embeddings: true });
  const { results } = answer as { results: { label: string; reason?: string; embedding: number[] }[] };
  expect(results.map(({ label, reason }) => [label, reason])).toEqual([
    ['POSITIVE', undefined],
    ['NEGATIVE', undefined],
    ['NEUTRAL', 'NotUnderstood'],
  ]);
  for (const { embedding } of results) {
    expect(embedding).toHaveLength(512);
    expect(embedding.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 3);
  }
});

describe('the router', () => {
  const ask = async (body: unknown) => {
    const answer = await local.function('Router').invoke({
      version: '2.0',
      rawPath: '/',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/' },
        authorizer: { iam: { userArn: 'arn:aws:iam::123456789012:user/ada' } },
      },
    });
    const { statusCode, body: text } = answer as { statusCode: number; body: string };
    return { statusCode, answer: JSON.parse(text) };
  };

  test('hands a short text to the sentiment container', async () => {
    const { statusCode, answer } = await ask({ input: { text: 'What a wonderful day this has been.' } });
    expect({ statusCode, answer }).toMatchObject({ statusCode: 200, answer: { label: 'POSITIVE' } });
  });

  test('accepts research with 202 and starts the workflow', async () => {
    const { statusCode, answer } = await ask({ input: { question: 'Where does the harbour freeze?' }, capabilities: ['research'] });
    expect({ statusCode, answer }).toEqual({ statusCode: 202, answer: { responseId: expect.any(String), status: 'accepted' } });
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100));
}
