import type { TargetDefinition } from '../target-definition';
import { AGENTCORE_RUNTIME } from './agentcore-runtime';
import { CLOUD_RUN } from './cloud-run';
import { CLOUDFLARE_CONTAINERS } from './cloudflare-containers';
import { CLOUDFLARE_WORKERS } from './cloudflare-workers';
import { CLOUDFLARE_WORKFLOWS } from './cloudflare-workflows';
import { ECS_GPU } from './ecs-gpu';
import { FARGATE } from './fargate';
import { HOT_COLD } from './hot-cold';
import { HYBRID_ROUTER } from './hybrid-router';
import { LAMBDA_DURABLE } from './lambda-durable';
import { LAMBDA_IMAGE } from './lambda-image';
import { LAMBDA_MANAGED_INSTANCES } from './lambda-managed-instances';
import { LAMBDA_MICROVM } from './lambda-microvm';
import { LAMBDA_ZIP } from './lambda-zip';
import { SAGEMAKER_ASYNC } from './sagemaker-async';
import { SAGEMAKER_SERVERLESS } from './sagemaker-serverless';
import { STEP_FUNCTIONS_EXPRESS } from './step-functions-express';
import { STEP_FUNCTIONS_STANDARD } from './step-functions-standard';
import { VERCEL_FUNCTIONS } from './vercel-functions';

/** Every target, the plainest first where two are equally good. */
export const TARGET_TABLE: readonly TargetDefinition[] = [
  LAMBDA_ZIP,
  LAMBDA_IMAGE,
  LAMBDA_DURABLE,
  LAMBDA_MANAGED_INSTANCES,
  LAMBDA_MICROVM,
  STEP_FUNCTIONS_STANDARD,
  STEP_FUNCTIONS_EXPRESS,
  FARGATE,
  ECS_GPU,
  SAGEMAKER_SERVERLESS,
  SAGEMAKER_ASYNC,
  AGENTCORE_RUNTIME,
  HYBRID_ROUTER,
  HOT_COLD,
  VERCEL_FUNCTIONS,
  CLOUDFLARE_WORKERS,
  CLOUDFLARE_WORKFLOWS,
  CLOUDFLARE_CONTAINERS,
  CLOUD_RUN,
];
