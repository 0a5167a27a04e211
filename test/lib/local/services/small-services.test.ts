import { DescribeServicesCommand, ECSClient, ListClustersCommand, RunTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LocalContainers } from '../../../../lib/local/services/containers';
import { LocalEventBus } from '../../../../lib/local/services/event-bus';
import type { BusEvent } from '../../../../lib/local/services/event-pattern';
import { LocalIdentity } from '../../../../lib/local/services/identity';
import { LocalSecrets } from '../../../../lib/local/services/secrets';
import { gatewayOver, type TestGateway } from './test-gateway';

const KEY_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:model-key-AbCdEf';
const events: { event: BusEvent; bus: string }[] = [];
const counts: unknown[] = [];
const containers = new LocalContainers({
  services: [{ cluster: 'c', service: 'workers', desiredCount: 0 }],
  onDesiredCount: (size) => counts.push(size),
});
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await gatewayOver(
    new LocalSecrets({
      secrets: [
        { logicalId: 'Key', name: 'model-key', arn: KEY_ARN, value: 'from the template' },
        { logicalId: 'Other', name: 'other', arn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:other-AbCdEf', value: 'kept' },
      ],
      values: { Key: 'given' },
    }),
    new LocalEventBus({
      onEvent: (event, bus) => events.push({ event, bus }),
      clock: { now: () => 1_800_000_000_000, sleep: () => Promise.resolve() },
    }),
    containers,
    new LocalIdentity(),
  );
});
afterAll(() => gateway.close());

test.each(['model-key', KEY_ARN, KEY_ARN.slice(0, -7)])(
  'a secret is read by %s, the given value before that of the template',
  async (SecretId) => {
    const { SecretString } = await new SecretsManagerClient(gateway.client).send(new GetSecretValueCommand({ SecretId }));
    expect(SecretString).toBe('given');
  },
);

test('fails when a secret is unknown', async () => {
  const client = new SecretsManagerClient(gateway.client);
  expect((await client.send(new GetSecretValueCommand({ SecretId: 'other' }))).SecretString).toBe('kept');
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'absent' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('each event put is handed on with its bus; a malformed one is an entry that failed', async () => {
  const answer = await new EventBridgeClient(gateway.client).send(
    new PutEventsCommand({
      Entries: [
        { Source: 'app', DetailType: 'Done', Detail: '{"n":1}', EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/mine' },
        { Source: 'app', DetailType: 'Done', Detail: 'not json' },
        { Source: 'app', Detail: '{}' },
        { Source: 'app', DetailType: 'At', Detail: '{}', Time: new Date('2030-01-02T03:04:05Z'), Resources: ['r'] },
      ],
    }),
  );
  expect(answer.FailedEntryCount).toBe(2);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, 'MalformedDetail', 'InvalidArgument', undefined]);
  expect(events).toMatchObject([
    { bus: 'mine', event: { source: 'app', 'detail-type': 'Done', detail: { n: 1 }, time: '2027-01-15T08:00:00Z' } },
    { bus: 'default', event: { time: '2030-01-02T03:04:05Z', resources: ['r'] } },
  ]);
  expect(answer.Entries?.[0]?.EventId).toBe(events[0]?.event.id);
});

test('a desired count is recorded, told and described', async () => {
  const client = new ECSClient(gateway.client);
  await client.send(
    new UpdateServiceCommand({ cluster: 'arn:aws:ecs:us-east-1:000000000000:cluster/c', service: 'workers', desiredCount: 1 }),
  );
  await client.send(new UpdateServiceCommand({ cluster: 'c', service: 'workers', desiredCount: 1 }));
  expect(containers.changes).toEqual([{ cluster: 'c', service: 'workers', desiredCount: 1 }]);
  expect(counts).toEqual(containers.changes);
  containers.setRunning('c', 'workers', 1);
  const described = await client.send(new DescribeServicesCommand({ cluster: 'c', services: ['workers', 'absent'] }));
  expect(described.services).toMatchObject([{ serviceName: 'workers', desiredCount: 1, runningCount: 1, pendingCount: 0 }]);
  expect(described.failures).toMatchObject([{ reason: 'MISSING' }]);
  await expect(client.send(new UpdateServiceCommand({ cluster: 'c', service: 'absent', desiredCount: 1 }))).rejects.toMatchObject({
    name: 'ServiceNotFoundException',
  });
  const ran = await client.send(
    new RunTaskCommand({ cluster: 'c', taskDefinition: 'job:1', overrides: { containerOverrides: [{ name: 'x' }] } }),
  );
  expect(containers.tasks).toMatchObject([{ cluster: 'c', taskDefinition: 'job:1', taskArn: ran.tasks?.[0]?.taskArn }]);
});

test('fails when an operation is not one of the local run, naming it', async () => {
  await expect(new ECSClient(gateway.client).send(new ListClustersCommand({}))).rejects.toThrow(
    'the local run does not answer ecs AmazonEC2ContainerServiceV20141113.ListClusters',
  );
  await expect(new EventBridgeClient(gateway.client).send(new ListRulesCommand({}))).rejects.toThrow(
    'the local run does not answer events AWSEvents.ListRules',
  );
});

test('STS says who calls', async () => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/sts/aws4_request, Signature=x' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  expect(await response.text()).toContain('<Account>000000000000</Account>');
});
