import { ComputeTarget } from '../../workload/compute-target';
import { cloudflareContainersPlan, cloudflareWorkersPlan, cloudflareWorkflowsPlan, cloudRunPlan, vercelPlan } from './comparison-targets';
import { agentCorePlan, ecsGpuPlan, fargatePlan, sageMakerAsyncPlan, sageMakerServerlessPlan } from './container-targets';
import { durablePlan, expressPlan, lambdaPlan, managedInstancesPlan, microVmPlan, standardPlan } from './lambda-targets';
import { hotColdPlan, hybridPlan } from './mixed-targets';
import type { PlanTarget } from './target-plan';

export const TARGET_PLANS: Readonly<Record<ComputeTarget, PlanTarget>> = {
  [ComputeTarget.LAMBDA_ZIP]: lambdaPlan,
  [ComputeTarget.LAMBDA_IMAGE]: lambdaPlan,
  [ComputeTarget.LAMBDA_DURABLE]: durablePlan,
  [ComputeTarget.LAMBDA_MANAGED_INSTANCES]: managedInstancesPlan,
  [ComputeTarget.LAMBDA_MICROVM]: microVmPlan,
  [ComputeTarget.STEP_FUNCTIONS_STANDARD]: standardPlan,
  [ComputeTarget.STEP_FUNCTIONS_EXPRESS]: expressPlan,
  [ComputeTarget.FARGATE]: fargatePlan,
  [ComputeTarget.ECS_GPU]: ecsGpuPlan,
  [ComputeTarget.SAGEMAKER_SERVERLESS]: sageMakerServerlessPlan,
  [ComputeTarget.SAGEMAKER_ASYNC]: sageMakerAsyncPlan,
  [ComputeTarget.AGENTCORE_RUNTIME]: agentCorePlan,
  [ComputeTarget.HYBRID_ROUTER]: hybridPlan,
  [ComputeTarget.HOT_COLD]: hotColdPlan,
  [ComputeTarget.VERCEL_FUNCTIONS]: vercelPlan,
  [ComputeTarget.CLOUDFLARE_WORKERS]: cloudflareWorkersPlan,
  [ComputeTarget.CLOUDFLARE_WORKFLOWS]: cloudflareWorkflowsPlan,
  [ComputeTarget.CLOUDFLARE_CONTAINERS]: cloudflareContainersPlan,
  [ComputeTarget.CLOUD_RUN]: cloudRunPlan,
};
