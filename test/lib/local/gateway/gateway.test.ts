import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { binaryEvent, exceptionEvent, jsonEvent } from '../../../../lib/local/gateway/event-stream';
import { Gateway } from '../../../../lib/local/gateway/gateway';

interface ClientOptions {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly maxAttempts?: number;
}

describe('the gateway', () => {
  let gateway: Gateway;
  let upstream: Server;
  const seen: { method?: string; url?: string; host?: string; authorization?: string; body: string }[] = [];
  const client = <C extends { destroy(): void }>(Client: new (options: ClientOptions) => C, more: Partial<ClientOptions> = {}): C => {
    const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
    const made = new Client({ region: 'eu-west-1', endpoint: gateway.url, credentials, ...more });
    clients.push(made);
    return made;
  };
  const clients: { destroy(): void }[] = [];

  beforeEach(async () => {
    gateway = new Gateway();
    await gateway.start();
    upstream = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        seen.push({ method, url, host: headers.host, authorization: headers.authorization, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(200, { 'content-length': 5, etag: '"e"' });
        response.end(method === 'HEAD' ? undefined : 'hello');
      });
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    seen.length = 0;
  });

  afterEach(async () => {
    for (const made of clients.splice(0)) made.destroy();
    await gateway.close();
    upstream.closeAllConnections();
    await new Promise((resolve) => upstream.close(resolve));
  });

  test('gives a request to the service that it is signed for', async () => {
    gateway.register('dynamodb', ({ service, operation, body }, response) => {
      expect({ service, operation, key: JSON.parse(body.toString('utf8')).Key }).toEqual({
        service: 'dynamodb',
        operation: 'GetItem',
        key: { pk: { S: 'a' } },
      });
      response.end('{"Item":{"pk":{"S":"a"}}}');
    });
    const answer = await client(DynamoDBClient).send(new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } }));
    expect(answer.Item).toEqual({ pk: { S: 'a' } });
  });

  test('knows an environment by its credentials and logs what it calls', async () => {
    gateway.register('dynamodb', (_, response) => void response.end('{}'));
    const credentials = gateway.issueCredentials({ functionName: 'agent', environmentId: 'env-1' });
    const command = new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } });
    await client(DynamoDBClient, { credentials }).send(command);
    await client(DynamoDBClient).send(command);
    expect(gateway.calls).toEqual([
      {
        service: 'dynamodb',
        operation: 'GetItem',
        caller: { accessKeyId: credentials.accessKeyId, functionName: 'agent', environmentId: 'env-1' },
        time: expect.any(Number),
      },
      { service: 'dynamodb', operation: 'GetItem', caller: { accessKeyId: 'TEST' }, time: expect.any(Number) },
    ]);
    gateway.clearCalls();
    expect(gateway.calls).toEqual([]);
  });

  test('gives every environment credentials of its own', () => {
    const issued = [1, 2, 3].map((id) => gateway.issueCredentials({ functionName: 'f', environmentId: String(id) }));
    expect(new Set(issued.map(({ accessKeyId }) => accessKeyId)).size).toBe(3);
  });

  test.each([
    ['secretsmanager', 'GetSecretValue', () => client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: 's' }))],
    ['sqs', 'SendMessage', () => client(SQSClient).send(new SendMessageCommand({ QueueUrl: `${gateway.url}/1/q`, MessageBody: 'm' }))],
    ['states', 'StartExecution', () => client(SFNClient).send(new StartExecutionCommand({ stateMachineArn: 'arn:m' }))],
    ['s3', 'GetObject', () => client(S3Client).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))],
  ])('says that it does not emulate %s, once', async (service, operation, send) => {
    gateway.register('lambda', () => undefined);
    await expect(send()).rejects.toMatchObject({
      name: 'UnknownService',
      message: `the local run does not emulate ${service} (${operation}); it answers lambda`,
      $metadata: { httpStatusCode: 501 },
    });
    expect(gateway.calls).toHaveLength(1);
  });

  test('refuses what is not signed', async () => {
    const answer = await fetch(`${gateway.url}/`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationToken');
    expect(gateway.calls).toEqual([]);
  });

  test('answers a form in XML and RPC v2 in CBOR, so that each client throws the error by name', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/sns/aws4_request, SignedHeaders=host, Signature=a';
    const form = await fetch(gateway.url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=Publish<',
    });
    expect(await form.text()).toContain(
      '<ErrorResponse><Error><Code>UnknownService</Code><Message>the local run does not emulate sns (Publish&lt;)',
    );
    const cbor = await fetch(gateway.url, { method: 'POST', headers: { authorization, 'smithy-protocol': 'rpc-v2-cbor' } });
    expect(cbor.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
    expect(
      Buffer.from(await cbor.arrayBuffer())
        .subarray(0, 12)
        .toString('hex'),
    ).toBe('a27a000000065f5f74797065');
  });

  test('turns the fault of a handler into an answer', async () => {
    gateway.register('secretsmanager', () => Promise.reject(new Error('disk full')));
    const send = client(SecretsManagerClient, { maxAttempts: 1 }).send(new GetSecretValueCommand({ SecretId: 's' }));
    await expect(send).rejects.toMatchObject({ name: 'InternalFailure', message: 'the local run failed to answer: disk full' });
  });

  test('breaks an answer whose handler fails halfway', async () => {
    gateway.register('s3', async (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      await new Promise<void>((resolve) => response.write('half', () => resolve()));
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error('gone');
    });
    const { Body } = await client(S3Client, { maxAttempts: 1 }).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
    await expect(Body!.transformToString()).rejects.toThrow();
  });

  test('forwards requests unchanged to a server behind it', async () => {
    gateway.register('s3', gateway.proxyTo('127.0.0.1', (upstream.address() as AddressInfo).port));
    const s3 = client(S3Client);
    await s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'a key', Body: 'content' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'a key' }));
    expect(await Body!.transformToString()).toBe('hello');
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'a key' }))).ContentLength).toBe(5);
    const [put] = seen;
    expect(put).toMatchObject({ method: 'PUT', url: '/b/a%20key?x-id=PutObject', host: `127.0.0.1:${gateway.port}`, body: 'content' });
    expect(put!.authorization).toContain('Credential=TEST/');
  });

  test('says so when the server behind it is gone', async () => {
    gateway.register('s3', gateway.proxyTo('127.0.0.1', 9));
    await expect(client(S3Client, { maxAttempts: 1 }).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toMatchObject({
      name: 'InternalFailure',
    });
  });

  test('puts interceptors around calls, outermost first', async () => {
    const order: string[] = [];
    gateway.register('dynamodb', (_, response) => {
      order.push('service');
      response.end('{}');
    });
    const around = (name: string) =>
      gateway.intercept(async (_, __, next) => {
        order.push(`before ${name}`);
        await next();
        order.push(`after ${name}`);
      });
    const remove = around('outer');
    around('inner');
    const command = new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } });
    await client(DynamoDBClient).send(command);
    expect(order).toEqual(['before outer', 'before inner', 'service', 'after inner', 'after outer']);
    remove();
    order.length = 0;
    await client(DynamoDBClient).send(command);
    expect(order).toEqual(['before inner', 'service', 'after inner']);
  });

  test('lets an interceptor lose an answer after the work was done', async () => {
    let done = 0;
    gateway.register('dynamodb', () => {
      done += 1;
    });
    gateway.intercept(async (_, response, next) => {
      await next();
      response.destroy();
    });
    const send = client(DynamoDBClient, { maxAttempts: 1 }).send(new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } }));
    await expect(send).rejects.toThrow();
    expect(done).toBe(1);
  });

  test('passes a streamed answer on while it is written', async () => {
    let heard: () => void = () => undefined;
    const first = new Promise<void>((resolve) => {
      heard = resolve;
    });
    gateway.register('bedrock', async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(jsonEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hel' } }));
      // Hangs unless the reader has the first part while the second is not written yet.
      await first;
      response.write(jsonEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'lo' } }));
      response.end(exceptionEvent('throttlingException', 'slow down'));
    });
    // The client of Bedrock speaks HTTP/2 on the port on which the others speak HTTP/1.1.
    const { stream } = await client(BedrockRuntimeClient).send(
      new ConverseStreamCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'hi' }] }] }),
    );
    const texts: (string | undefined)[] = [];
    const read = async () => {
      for await (const event of stream!) {
        texts.push(event.contentBlockDelta?.delta?.text);
        heard();
      }
    };
    await expect(read()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'slow down' });
    expect(texts).toEqual(['Hel', 'lo']);
  });

  test('frames bytes with their checksums', () => {
    const frame = binaryEvent('PayloadChunk', Buffer.from([1, 2, 3]));
    expect(frame.readUInt32BE(0)).toBe(frame.length);
    expect(frame.subarray(-7, -4)).toEqual(Buffer.from([1, 2, 3]));
  });
});
