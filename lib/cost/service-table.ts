import { AGENTCORE } from './services/agentcore';
import { HTTP_API, REST_API, WEBSOCKET_API } from './services/api-gateway';
import {
  CLOUD_RUN,
  CLOUD_RUN_INSTANCES,
  CLOUDFLARE_CONTAINERS,
  CLOUDFLARE_WORKERS,
  CLOUDFLARE_WORKFLOWS,
  VERCEL,
} from './services/comparison';
import { AURORA_SERVERLESS, DYNAMODB, ELASTICACHE_NODES, ELASTICACHE_SERVERLESS, S3 } from './services/data';
import { EC2 } from './services/ec2';
import { FARGATE } from './services/fargate';
import { LAMBDA } from './services/lambda';
import {
  DURABLE,
  EVENT_SOURCE_PROVISIONED,
  LAMBDA_EDGE,
  MANAGED_INSTANCES,
  MICRO_VM,
  SNAP_START,
  TENANT_ISOLATION,
} from './services/lambda-variants';
import { EVENT_BRIDGE, SCHEDULER, SNS, SQS } from './services/messages';
import { MODEL_TOKENS, SAGEMAKER_INSTANCES, SAGEMAKER_SERVERLESS } from './services/models';
import { INTERFACE_ENDPOINT, LOAD_BALANCER, NAT_GATEWAY, PUBLIC_IPV4 } from './services/network';
import { CLOUDWATCH, ECR, KMS, LOGS, SECRETS_MANAGER, XRAY } from './services/operations';
import { STEP_FUNCTIONS_EXPRESS, STEP_FUNCTIONS_STANDARD } from './services/step-functions';

/** Every service, under the name that usage files call it by; `ServiceUsage` has a static of each. */
export const SERVICES = {
  agentCore: AGENTCORE,
  httpApi: HTTP_API,
  restApi: REST_API,
  webSocketApi: WEBSOCKET_API,
  cloudRun: CLOUD_RUN,
  cloudRunInstances: CLOUD_RUN_INSTANCES,
  cloudflareContainers: CLOUDFLARE_CONTAINERS,
  cloudflareWorkers: CLOUDFLARE_WORKERS,
  cloudflareWorkflows: CLOUDFLARE_WORKFLOWS,
  vercel: VERCEL,
  auroraServerless: AURORA_SERVERLESS,
  dynamoDb: DYNAMODB,
  elastiCacheNodes: ELASTICACHE_NODES,
  elastiCacheServerless: ELASTICACHE_SERVERLESS,
  s3: S3,
  ec2: EC2,
  fargate: FARGATE,
  lambda: LAMBDA,
  durable: DURABLE,
  eventSourceProvisioned: EVENT_SOURCE_PROVISIONED,
  lambdaEdge: LAMBDA_EDGE,
  managedInstances: MANAGED_INSTANCES,
  microVm: MICRO_VM,
  snapStart: SNAP_START,
  tenantIsolation: TENANT_ISOLATION,
  eventBridge: EVENT_BRIDGE,
  scheduler: SCHEDULER,
  sns: SNS,
  sqs: SQS,
  modelTokens: MODEL_TOKENS,
  sageMakerInstances: SAGEMAKER_INSTANCES,
  sageMakerServerless: SAGEMAKER_SERVERLESS,
  interfaceEndpoint: INTERFACE_ENDPOINT,
  loadBalancer: LOAD_BALANCER,
  natGateway: NAT_GATEWAY,
  publicIpv4: PUBLIC_IPV4,
  cloudWatch: CLOUDWATCH,
  ecr: ECR,
  kms: KMS,
  logs: LOGS,
  secretsManager: SECRETS_MANAGER,
  xRay: XRAY,
  stepFunctionsExpress: STEP_FUNCTIONS_EXPRESS,
  stepFunctionsStandard: STEP_FUNCTIONS_STANDARD,
} as const;
