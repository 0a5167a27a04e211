/**
 * Names of the environment variables through which a construct configures a handler.
 * No secret ever travels in one: secrets are named by ARN and read at run time.
 */
export const Env = {
  /** DynamoDB table of checkpoints, leases, approvals and failures. */
  workflowTable: 'WORKFLOW_TABLE',
  /** S3 bucket of claim checks. */
  workflowBucket: 'WORKFLOW_BUCKET',
  /** Seconds that a checkpoint or claim check outlives its last write. */
  workflowRetentionSeconds: 'WORKFLOW_RETENTION_SECONDS',
  /** Base URL of the approval API, without a trailing slash. */
  approvalUrl: 'APPROVAL_URL',
  /** SNS topic on which approval links are sent to their approvers. */
  approvalTopicArn: 'APPROVAL_TOPIC_ARN',
  /** EventBridge bus that receives failure and decision events. */
  eventBusName: 'EVENT_BUS_NAME',
  /** JSON of the ContainerStep (see contract/envelope) that a `container` step hands to its task. Set per task, by the workflow. */
  workflowContainerStep: 'WORKFLOW_CONTAINER_STEP',
  /** ARN of the state machine alias that the starter starts. */
  stateMachineArn: 'STATE_MACHINE_ARN',

  /** `valkey` or `dynamodb`. */
  chatMemoryKind: 'CHAT_MEMORY_KIND',
  /** `host:port` of the cache (Valkey memory). */
  chatMemoryEndpoint: 'CHAT_MEMORY_ENDPOINT',
  /** ElastiCache name, part of the signed IAM token (Valkey memory). */
  chatMemoryCacheName: 'CHAT_MEMORY_CACHE_NAME',
  /** IAM user of the cache (Valkey memory). */
  chatMemoryUser: 'CHAT_MEMORY_USER',
  /** Table name (DynamoDB memory). */
  chatMemoryTable: 'CHAT_MEMORY_TABLE',
  /** Sliding time to live in seconds. */
  chatMemoryTtlSeconds: 'CHAT_MEMORY_TTL_SECONDS',
  /** Tokens of history kept for a conversation. */
  chatMemoryMaxTokens: 'CHAT_MEMORY_MAX_TOKENS',
  /** `off` only in the local run, where the cache speaks plain TCP on loopback. Set by the runner, never by a construct. */
  chatMemoryTls: 'CHAT_MEMORY_TLS',

  /** Model, inference profile or endpoint that the agent calls by default. */
  modelId: 'MODEL_ID',
  /** URL of a third-party model endpoint. */
  modelEndpoint: 'MODEL_ENDPOINT',
  /** Secrets Manager ARN of that endpoint's key. */
  modelSecretArn: 'MODEL_SECRET_ARN',

  /** JSON list of warming targets (see contract/warming). */
  warmingTargets: 'WARMING_TARGETS',

  /** JSON routing policy (see contract/routing). */
  routingPolicy: 'ROUTING_POLICY',
  /** JSON map of route target name to how it is reached (see contract/routing). */
  routeTargets: 'ROUTE_TARGETS',

  /** Directory of the inference model: baked into the image or a path under /tmp. */
  modelDir: 'MODEL_DIR',
  /** `s3://bucket/key` of a model fetched once per environment. */
  modelS3Uri: 'MODEL_S3_URI',
  /** Hex sha256 that the fetched model must have. */
  modelSha256: 'MODEL_SHA256',
  /** Size of the fetched model in bytes, where the construct knows it. */
  modelBytes: 'MODEL_BYTES',
  /** Version of the model's object, where one is stated. */
  modelS3Version: 'MODEL_S3_VERSION',

  /** URL of the queue that a container worker polls. */
  workerQueueUrl: 'WORKER_QUEUE_URL',
  /** Visibility timeout of that queue in seconds, which the worker extends by heartbeat. */
  workerVisibilitySeconds: 'WORKER_VISIBILITY_SECONDS',
  /** Bucket to which results of routed work are written, one object per response id. */
  responseBucket: 'RESPONSE_BUCKET',

  /** Address on which a container answers HTTP when it is neither function nor worker. @default 0.0.0.0 */
  serverHost: 'SERVER_HOST',
  /** Its port; 0 takes a free one. @default 8080 */
  serverPort: 'SERVER_PORT',

  /** Bucket of the reference stack's documents: `inbox/`, `library/`, `summaries/`, `reports/`. */
  documentBucket: 'DOCUMENT_BUCKET',
  /** Alias ARN of the function that embeds sentences. */
  embeddingFunctionArn: 'EMBEDDING_FUNCTION_ARN',
} as const;

export type EnvName = (typeof Env)[keyof typeof Env];
