/** Every key of the Valkey memory begins so; the cache user's access string admits no other. */
export const CHAT_KEY_PREFIX = 'chat:';

/**
 * Commands of the Valkey memory, as the rules of an access string: the connection of a cluster client and
 * what the two scripts call. Nothing here lists keys, reads configuration or deletes a conversation as a whole.
 */
export const VALKEY_ACL_COMMANDS: readonly string[] = [
  '+@connection',
  '+cluster|slots',
  '+cluster|shards',
  '+cluster|nodes',
  '+cluster|info',
  '+cluster|myid',
  '+info',
  '+eval',
  '+evalsha',
  '+script|load',
  '+lindex',
  '+llen',
  '+lrange',
  '+lpop',
  '+rpush',
  '+pexpire',
];

/** Access string of the memory's user. */
export const VALKEY_ACCESS_STRING = `on ~${CHAT_KEY_PREFIX}* resetchannels -@all ${VALKEY_ACL_COMMANDS.join(' ')}`;

/** Attributes of the DynamoDB memory's table: partition key, sort key (both strings) and the TTL attribute (epoch seconds). */
export const ChatTable = { partitionKey: 'pk', sortKey: 'sk', ttl: 'expiresAt' } as const;

/** Actions that the DynamoDB memory performs on its table. */
export const CHAT_TABLE_ACTIONS: readonly string[] = ['dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:Query'];

export const CHAT_MEMORY_DEFAULTS = { ttlSeconds: 3_600, maxTokens: 8_000 } as const;

/** Bounds of one turn; a turn beyond them is refused by name before anything is sent to the store. */
export const CHAT_LIMITS = {
  conversationIdCharacters: 128,
  turnIdCharacters: 128,
  messagesPerTurn: 20,
  /** UTF-8 bytes of one message's content as JSON. */
  messageBytes: 64 * 1_024,
  /** UTF-8 bytes of all messages of a turn: one DynamoDB item holds a turn, and an item holds 400 KB. */
  turnBytes: 256 * 1_024,
} as const;
