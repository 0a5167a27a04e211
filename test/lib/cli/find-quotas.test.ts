import { nearService, quotasOf, serviceNames } from '../../../lib/cli/find-quotas';
import { QUOTA_TABLE } from '../../../lib/quotas/quota-table';

const platformsOf = (name: string) => [...new Set(quotasOf(name, QUOTA_TABLE).map(({ platform }) => platform))];

test.each([
  ['sqs', ['Amazon SQS']],
  ['Amazon SQS', ['Amazon SQS']],
  ['STEP FUNCTIONS', ['AWS Step Functions']],
  ['step-functions', ['AWS Step Functions']],
  ['stepfunctions', ['AWS Step Functions']],
  ['sfn', ['AWS Step Functions']],
  ['cloudrun', ['Google Cloud Run']],
  ['run', ['Google Cloud Run']],
  ['cloudflare', ['Cloudflare Workers', 'Cloudflare Containers', 'Cloudflare Workflows']],
  ['microvms', ['Lambda MicroVMs']],
  ['SageMaker', ['Amazon SageMaker AI']],
  ['s3', ['Amazon S3', 'Amazon S3 Vectors']],
])('%s names %j', (name, platforms) => {
  expect(platformsOf(name)).toEqual(platforms);
});

test('lambda names every platform that has it in its name', () => {
  expect(platformsOf('lambda')).toEqual(
    expect.arrayContaining(['AWS Lambda', 'AWS Lambda durable functions', 'Lambda Managed Instances', 'Lambda MicroVMs']),
  );
});

test('the beginning of an id is taken by whole parts', () => {
  expect(quotasOf('lambda.stream', QUOTA_TABLE).map(({ id }) => id)).toEqual([
    'lambda.stream.bandwidth',
    'lambda.stream.runtimes',
    'lambda.stream.size',
    'lambda.stream.uncapped',
  ]);
  expect(quotasOf('Lambda.Timeout', QUOTA_TABLE).map(({ id }) => id)).toEqual(['lambda.timeout']);
  expect(quotasOf('sqs.', QUOTA_TABLE).length).toBeGreaterThan(3);
  expect(quotasOf('lambda.strea', QUOTA_TABLE)).toEqual([]);
});

test.each(['', ' ', '-', '.', 'lamb', 'ws'])('%j names nothing', (name) => {
  expect(quotasOf(name, QUOTA_TABLE)).toEqual([]);
});

test.each([
  ['lamda', 'lambda'],
  ['dynamo_db', 'dynamodb'],
  ['dynmodb', 'dynamodb'],
  ['AgentCor', 'agentcore'],
  ['lambda.timeot', 'lambda.timeout'],
  ['Amazon API Gatway', 'Amazon API Gateway'],
])('%s is near %s', (name, wanted) => {
  expect(nearService(name, QUOTA_TABLE)).toBe(wanted);
});

test('every platform and prefix that is offered is taken', () => {
  const { platforms, prefixes } = serviceNames(QUOTA_TABLE);
  for (const name of [...platforms, ...prefixes]) expect([name, quotasOf(name, QUOTA_TABLE).length > 0]).toEqual([name, true]);
});
