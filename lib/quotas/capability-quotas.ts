import type { Quota } from './quota';

/** What a platform has nothing of, as quotas of zero, so that it stands beside the limits with its source. */
const none = (platform: string, id: string, quantity: string, unit: string, source: string, note?: string): Quota => ({
  platform,
  id,
  quantity,
  max: 0,
  unit,
  kind: 'hard',
  source,
  checkedOn: '2026-11-24',
  confidence: 'secondary',
  ...(note === undefined ? {} : { note }),
});

const LAMBDA_LIMITS = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const LAMBDA_ENVIRONMENT = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html';
const LAMBDA_PACKAGES = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-package.html';
const SFN_TYPES = 'https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html';

export const LAMBDA_GPU = none('AWS Lambda', 'lambda.gpu', 'GPUs of a function', 'GPU', LAMBDA_LIMITS);
export const LAMBDA_ZIP_IMAGE = none('AWS Lambda', 'lambda.zip.image', 'container images of a zip function', 'image', LAMBDA_PACKAGES);
export const LAMBDA_IDLE_PROCESS = none(
  'AWS Lambda',
  'lambda.idle',
  'processes that run between invocations',
  'process',
  LAMBDA_ENVIRONMENT,
  'the environment is frozen when the invocation ends',
);
export const DURABLE_STREAM = none(
  'AWS Lambda durable functions',
  'durable.stream',
  'streamed answers of a durable function',
  'stream',
  'https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html',
);
export const SFN_STREAM = none('AWS Step Functions', 'sfn.stream', 'streamed answers of a workflow', 'stream', SFN_TYPES);
export const SAGEMAKER_ASYNC_STREAM = none(
  'Amazon SageMaker AI',
  'sm.async.stream',
  'streamed answers of an asynchronous endpoint',
  'stream',
  'https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html',
);
export const SAGEMAKER_IDLE_PROCESS = none(
  'Amazon SageMaker AI',
  'sm.sls.idle',
  'processes that run between requests to a serverless endpoint',
  'process',
  'https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html',
);
export const AGENTCORE_IDLE_PROCESS = none(
  'Bedrock AgentCore Runtime',
  'ac.idle.process',
  'processes that outlast a session',
  'process',
  'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-sessions.html',
);
export const MICROVM_GPU = none('Lambda MicroVMs', 'microvm.gpu', 'GPUs of a MicroVM', 'GPU', LAMBDA_LIMITS);
export const VERCEL_GPU = none(
  'Vercel Functions',
  'vercel.gpu',
  'GPUs of a function',
  'GPU',
  'https://vercel.com/docs/functions/limitations',
);
export const VERCEL_IDLE_PROCESS = none(
  'Vercel Functions',
  'vercel.idle',
  'processes that run between requests',
  'process',
  'https://vercel.com/docs/functions/limitations',
);
export const CLOUDFLARE_GPU = none(
  'Cloudflare Workers',
  'cf.gpu',
  'GPUs of a Worker or a container',
  'GPU',
  'https://developers.cloudflare.com/containers/platform-details/limits/',
);
export const CLOUDFLARE_IMAGE = none(
  'Cloudflare Workers',
  'cf.image',
  'container images of a Worker',
  'image',
  'https://developers.cloudflare.com/workers/platform/limits/',
);
export const CLOUDFLARE_IDLE_PROCESS = none(
  'Cloudflare Workers',
  'cf.idle',
  'processes that run between requests',
  'process',
  'https://developers.cloudflare.com/workers/platform/limits/',
);
export const CLOUDFLARE_WORKFLOW_STREAM = none(
  'Cloudflare Workflows',
  'cfw.stream',
  'streamed answers of a workflow',
  'stream',
  'https://developers.cloudflare.com/workflows/reference/limits/',
);
export const OUTSIDE_VPC = none(
  'other providers',
  'outside.vpc',
  'network interfaces in a VPC of AWS',
  'VPC',
  'https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html',
  'another provider reaches a VPC over the internet or a private link only',
);
