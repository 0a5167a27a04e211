import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Env } from '../../contract/env';
import { readEnv, readOptionalEnv } from '../../shared/read-env';
import type { ChatStore, StoreBounds } from './chat-store';
import { DynamoDbChatStore } from './dynamodb-store';
import { cacheToken, environmentCredentials } from './iam-token';
import { ValkeyConnection } from './valkey-connection';
import { ValkeyChatStore } from './valkey-store';

/** The store that the construct configured. A missing variable is a defect of the deployment and throws. */
export function openStore(bounds: StoreBounds): ChatStore {
  const kind = readEnv(Env.chatMemoryKind);
  if (kind === 'valkey') return openValkey(bounds);
  if (kind === 'dynamodb')
    return new DynamoDbChatStore(
      once(() => openDynamoDb(bounds)),
      readEnv(Env.chatMemoryTable),
      bounds,
    );
  throw new Error(`environment variable ${Env.chatMemoryKind} must be "valkey" or "dynamodb", got ${JSON.stringify(kind)}`);
}

function openValkey(bounds: StoreBounds): ChatStore {
  const endpoint = readEnv(Env.chatMemoryEndpoint);
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(endpoint) ?? [];
  if (host === '') throw new Error(`environment variable ${Env.chatMemoryEndpoint} must be host:port, got ${JSON.stringify(endpoint)}`);
  const user = readEnv(Env.chatMemoryUser);
  const cacheName = readEnv(Env.chatMemoryCacheName);
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? '';
  const connection = new ValkeyConnection(
    {
      host,
      port: Number(port),
      tls: readOptionalEnv(Env.chatMemoryTls) !== 'off',
      username: user,
      password: () => cacheToken({ cacheName, user, region }, environmentCredentials()),
    },
    bounds.timeoutMs,
  );
  return new ValkeyChatStore(connection, bounds);
}

async function openDynamoDb({ timeoutMs }: StoreBounds): Promise<DynamoDBClient> {
  const { DynamoDBClient: Client } = await import('@aws-sdk/client-dynamodb');
  return new Client({ maxAttempts: 2, requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs } });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
