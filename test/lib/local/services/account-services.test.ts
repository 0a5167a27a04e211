import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ReEncryptCommand,
} from '@aws-sdk/client-kms';
import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

let local: LocalRunner;
let config: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

beforeAll(async () => {
  local = await runSmall((stack) => {
    const key = new kms.Key(stack, 'Key', { alias: 'docs' });
    new kms.Key(stack, 'Off', { enabled: false, alias: 'off' });
    new CfnOutput(stack, 'KeyArn', { value: key.keyArn });
    const generateSecretString = {
      secretStringTemplate: '{"user":"a"}',
      generateStringKey: 'password',
      passwordLength: 20,
      excludeCharacters: '"@/\\',
    };
    new secrets.Secret(stack, 'Secret', { secretName: 'login', generateSecretString });
    new ssm.StringParameter(stack, 'One', { parameterName: '/app/one', stringValue: '1' });
    new ssm.StringParameter(stack, 'Deep', { parameterName: '/app/deep/two', stringValue: '2' });
    const role = new iam.Role(stack, 'Other', { roleName: 'other', assumedBy: new iam.AccountRootPrincipal() });
    new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
    const line = {
      _aws: {
        Timestamp: 1_767_225_600_000,
        CloudWatchMetrics: [{ Namespace: 'App', Dimensions: [['fn'], []], Metrics: [{ Name: 'ms', Unit: 'Milliseconds' }] }],
      },
      fn: 'f',
      ms: [3, 4],
    };
    inlineFunction(stack, 'Fn', `console.log(${JSON.stringify(JSON.stringify(line))}); console.log('{"no":"metric"}');`);
  });
  config = { endpoint: local.gateway.url, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
});

afterAll(stopAll);

interface KeyAnswer {
  readonly CiphertextBlob?: Uint8Array;
  readonly KeyId?: string;
  readonly Plaintext?: Uint8Array;
}

describe('KMS', () => {
  const send = (command: object) => new KMSClient(config).send(command as never) as unknown as Promise<KeyAnswer>;
  const EncryptionContext = { a: '1', b: '2' };

  test('gives back what it was given, with the same context only', async () => {
    const { CiphertextBlob, KeyId } = await send(
      new EncryptCommand({ KeyId: 'alias/docs', Plaintext: Buffer.from('secret'), EncryptionContext }),
    );
    expect(KeyId).toBe(local.output('KeyArn'));
    const { Plaintext } = await send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }));
    expect(Buffer.from(Plaintext!).toString()).toBe('secret');
    await expect(send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(send(new DecryptCommand({ CiphertextBlob: Buffer.from('other') }))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
    const other = { CiphertextBlob, EncryptionContext, KeyId: 'alias/aws/s3' };
    await expect(send(new DecryptCommand(other))).rejects.toMatchObject({ name: 'IncorrectKeyException' });
    const moved = await send(
      new ReEncryptCommand({ CiphertextBlob, SourceEncryptionContext: EncryptionContext, DestinationKeyId: 'alias/aws/sqs' }),
    );
    const back = await send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }));
    expect(Buffer.from(back.Plaintext!).toString()).toBe('secret');
  });

  test('makes data keys that it can open again', async () => {
    const { Plaintext, CiphertextBlob } = await send(new GenerateDataKeyCommand({ KeyId: local.output('KeyArn'), KeySpec: 'AES_256' }));
    expect(Plaintext).toHaveLength(32);
    expect((await send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toEqual(Plaintext);
  });

  test('refuses keys that are not there or off', async () => {
    const Plaintext = Buffer.from('x');
    await expect(send(new EncryptCommand({ KeyId: 'alias/off', Plaintext }))).rejects.toMatchObject({ name: 'DisabledException' });
    await expect(send(new EncryptCommand({ KeyId: 'alias/none', Plaintext }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.',
    });
    await expect(send(new EncryptCommand({ KeyId: 'alias/docs', Plaintext: Buffer.alloc(4097) }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(await send(new DescribeKeyCommand({ KeyId: 'alias/off' }))).toMatchObject({
      KeyMetadata: { KeyState: 'Disabled', KeyManager: 'CUSTOMER' },
    });
  });
});

describe('STS', () => {
  test('the developer is the account, and a role that is taken on is its session', async () => {
    const sts = new STSClient(config);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:iam::000000000000:root',
      Account: '000000000000',
    });
    const { Credentials, AssumedRoleUser } = await sts.send(
      new AssumeRoleCommand({ RoleArn: local.output('RoleArn'), RoleSessionName: 'me' }),
    );
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/other/me');
    expect(Credentials!.Expiration!.getTime()).toBeGreaterThan(Date.now());
    const credentials = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
    const assumed = await new STSClient({ ...config, credentials }).send(new GetCallerIdentityCommand({}));
    expect(assumed).toMatchObject({ Arn: 'arn:aws:sts::000000000000:assumed-role/other/me', UserId: expect.stringMatching(/:me$/) });
    const denied = new KMSClient({ ...config, credentials }).send(new DescribeKeyCommand({ KeyId: 'alias/docs' }));
    await expect(denied).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const bad = sts.send(new AssumeRoleCommand({ RoleArn: local.output('RoleArn'), RoleSessionName: 'me', DurationSeconds: 10 }));
    await expect(bad).rejects.toThrow('DurationSeconds must be 900 to 43200, got 10');
  });
});

describe('Secrets Manager', () => {
  test('generates by its rules, and keeps versions with their labels', async () => {
    const client = new SecretsManagerClient(config);
    const read = (more = {}) => client.send(new GetSecretValueCommand({ SecretId: 'login', ...more }));
    const first = await read();
    const { user, password } = JSON.parse(first.SecretString!);
    expect([user, password.length]).toEqual(['a', 20]);
    expect(password).not.toMatch(/["@/\\]/);
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/]) expect(password).toMatch(kind);
    const put = await client.send(new PutSecretValueCommand({ SecretId: 'login', SecretString: 'second' }));
    expect(put.VersionStages).toEqual(['AWSCURRENT']);
    expect((await read()).SecretString).toBe('second');
    expect((await read({ VersionStage: 'AWSPREVIOUS' })).VersionId).toBe(first.VersionId);
    expect((await read({ VersionId: first.VersionId })).SecretString).toBe(first.SecretString);
    await client.send(new PutSecretValueCommand({ SecretId: 'login', SecretBinary: Buffer.from([1, 2]), VersionStages: ['AWSPENDING'] }));
    expect((await read({ VersionStage: 'AWSPENDING' })).SecretBinary).toEqual(new Uint8Array([1, 2]));
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'login' }));
    expect(Object.values(VersionIdsToStages!).flat().sort()).toEqual(['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS']);
    await expect(read({ VersionStage: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const { RandomPassword } = await client.send(new GetRandomPasswordCommand({ PasswordLength: 8, ExcludePunctuation: true }));
    expect(RandomPassword).toMatch(/^\w{8}$/);
  });
});

describe('Parameter Store', () => {
  async function ssmCall(operation: string, input: object): Promise<[number, { Parameters?: { Name: string }[] }]> {
    const response = await fetch(local.gateway.url, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=0',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonSSM.${operation}`,
      },
    });
    return [response.status, (await response.json()) as { Parameters?: { Name: string }[] }];
  }

  test('reads by name, by path and by version, and puts', async () => {
    expect(await ssmCall('GetParameter', { Name: '/app/one' })).toMatchObject([
      200,
      { Parameter: { Value: '1', Version: 1, Type: 'String' } },
    ]);
    const [, several] = await ssmCall('GetParameters', { Names: ['/app/one', '/none'] });
    expect(several).toMatchObject({ Parameters: [{ Name: '/app/one' }], InvalidParameters: ['/none'] });
    const names = async (more: object) => {
      const [, { Parameters }] = await ssmCall('GetParametersByPath', { Path: '/app', ...more });
      return Parameters?.map(({ Name }) => Name);
    };
    expect(await names({})).toEqual(['/app/one']);
    expect(await names({ Recursive: true })).toEqual(['/app/deep/two', '/app/one']);
    expect(await ssmCall('PutParameter', { Name: '/app/one', Value: '1b' })).toMatchObject([400, { __type: 'ParameterAlreadyExists' }]);
    expect(await ssmCall('PutParameter', { Name: '/app/one', Value: '1b', Overwrite: true })).toMatchObject([200, { Version: 2 }]);
    expect(await ssmCall('GetParameter', { Name: '/app/one:1' })).toMatchObject([200, { Parameter: { Value: '1' } }]);
    expect(await ssmCall('GetParameter', { Name: '/app/two' })).toMatchObject([400, { __type: 'ParameterNotFound' }]);
  });
});

test('metrics in the logs of functions are collected', async () => {
  await local.function('Fn').invoke({});
  const metric = { namespace: 'App', name: 'ms', unit: 'Milliseconds', values: [3, 4], time: 1_767_225_600_000 };
  expect(local.metrics()).toEqual([
    { ...metric, dimensions: { fn: 'f' } },
    { ...metric, dimensions: {} },
  ]);
});
