import * as agentcore from './agentcore-quotas';
import * as apiGateway from './api-gateway-quotas';
import * as aurora from './aurora-quotas';
import * as bedrock from './bedrock-quotas';
import * as capability from './capability-quotas';
import * as cloudRun from './cloud-run-quotas';
import * as cloudflare from './cloudflare-quotas';
import * as durable from './durable-quotas';
import * as dynamodb from './dynamodb-quotas';
import * as ecs from './ecs-quotas';
import * as elasticache from './elasticache-quotas';
import * as eventbridge from './eventbridge-quotas';
import * as fargate from './fargate-quotas';
import * as lambdaPackage from './lambda-package-quotas';
import * as lambda from './lambda-quotas';
import * as lambdaScaling from './lambda-scaling-quotas';
import * as lambdaStart from './lambda-start-quotas';
import * as lambdaStreaming from './lambda-streaming-quotas';
import * as loadBalancer from './load-balancer-quotas';
import * as managedInstances from './managed-instances-quotas';
import * as microvm from './microvm-quotas';
import type { Quota } from './quota';
import * as s3 from './s3-quotas';
import * as s3Vectors from './s3-vectors-quotas';
import * as sagemaker from './sagemaker-quotas';
import * as scheduler from './scheduler-quotas';
import * as sqs from './sqs-quotas';
import * as stepFunctions from './step-functions-quotas';
import * as stepFunctionsRate from './step-functions-rate-quotas';
import * as vercel from './vercel-quotas';
import * as webFunction from './web-function-quotas';

/** The files of quotas, in the order of docs/quotas.md. */
const FILES: readonly Readonly<Record<string, unknown>>[] = [
  lambda,
  lambdaPackage,
  lambdaScaling,
  lambdaStart,
  lambdaStreaming,
  durable,
  managedInstances,
  microvm,
  webFunction,
  apiGateway,
  loadBalancer,
  stepFunctions,
  stepFunctionsRate,
  sqs,
  eventbridge,
  scheduler,
  dynamodb,
  elasticache,
  s3,
  s3Vectors,
  aurora,
  fargate,
  ecs,
  sagemaker,
  agentcore,
  bedrock,
  vercel,
  cloudflare,
  cloudRun,
  capability,
];

/** These files also hold tables of another shape. */
function isQuota(value: unknown): value is Quota {
  return typeof value === 'object' && value !== null && 'id' in value && 'quantity' in value;
}

const FOUND = FILES.flatMap((file) => Object.values(file).filter(isQuota));
const PLATFORMS = [...new Set(FOUND.map(({ platform }) => platform))];

/** Bundlers do not keep the order in which a file exports. */
function inOrder(a: Quota, b: Quota): number {
  return PLATFORMS.indexOf(a.platform) - PLATFORMS.indexOf(b.platform) || (a.id < b.id ? -1 : 1);
}

/**
 * Every quota this library knows, in the order of docs/quotas.md: by platform, then by id. Rules and constructs import the one they need from its own file
 * instead.
 */
export const QUOTA_TABLE: readonly Quota[] = [...FOUND].sort(inOrder);
