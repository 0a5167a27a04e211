/** Where a workload can run. The rows of Vercel, Cloudflare and Cloud Run are for comparison. */
export enum ComputeTarget {
  LAMBDA_ZIP = 'lambda-zip',
  LAMBDA_IMAGE = 'lambda-image',
  LAMBDA_DURABLE = 'lambda-durable',
  LAMBDA_MANAGED_INSTANCES = 'lambda-managed-instances',
  LAMBDA_MICROVM = 'lambda-microvm',
  /** A Standard workflow of Step Functions over Lambda functions, one for each step. */
  STEP_FUNCTIONS_STANDARD = 'step-functions-standard',
  /** An Express workflow of Step Functions over Lambda functions, one for each step. */
  STEP_FUNCTIONS_EXPRESS = 'step-functions-express',
  FARGATE = 'fargate',
  ECS_GPU = 'ecs-gpu',
  SAGEMAKER_SERVERLESS = 'sagemaker-serverless',
  SAGEMAKER_ASYNC = 'sagemaker-async',
  AGENTCORE_RUNTIME = 'agentcore-runtime',
  /** Short work on Lambda, long or heavy work on containers behind a queue. */
  HYBRID_ROUTER = 'hybrid-router',
  /** Containers take the baseline, Lambda the spill above it. */
  HOT_COLD = 'hot-cold',
  VERCEL_FUNCTIONS = 'vercel-functions',
  CLOUDFLARE_WORKERS = 'cloudflare-workers',
  CLOUDFLARE_WORKFLOWS = 'cloudflare-workflows',
  CLOUDFLARE_CONTAINERS = 'cloudflare-containers',
  CLOUD_RUN = 'cloud-run',
}
