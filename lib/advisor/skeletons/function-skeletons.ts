import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import { LMI_MEMORY, LMI_TIMEOUT_ASYNC } from '../../quotas/managed-instances-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { Packaging } from '../cold-starts';
import { startsTooLate } from '../targets/function-risks';
import { megabytesOf, props, stackOf, timeoutOf } from './skeleton-text';

const memoryOf = (facts: WorkloadFacts) => megabytesOf(facts.memoryBytes, LAMBDA_MEMORY.min!, LAMBDA_MEMORY.max!);
const timeout = (facts: WorkloadFacts) => timeoutOf(facts.worstSeconds, LAMBDA_TIMEOUT.max!);

/** Environments that stand ready: what is under way on average, and at least one. */
const provisioned = (facts: WorkloadFacts, packaging: Packaging) =>
  startsTooLate(facts, packaging) ? `ProvisionedConcurrency.fixed(${Math.max(1, Math.ceil(facts.averageConcurrency ?? 1))})` : undefined;

export function zipSkeleton(facts: WorkloadFacts): string {
  const concurrency = provisioned(facts, Packaging.ZIP);
  const names = [
    'AgentCode',
    'AiAgentFunction',
    ...(facts.conversation ? ['ChatMemory'] : []),
    ...(facts.vpc ? ['PrivateNetwork'] : []),
    ...(concurrency === undefined ? [] : ['ProvisionedConcurrency']),
  ];
  return stackOf([`import { ${names.join(', ')} } from 'cdk-serverless-ai';`], 'AgentStack', [
    ...(facts.vpc ? ["const network = new PrivateNetwork(this, 'Network');"] : []),
    "new AiAgentFunction(this, 'Agent', {",
    ...props({
      code: "AgentCode.typescript('src/agent.ts')",
      memorySize: memoryOf(facts),
      timeout: timeout(facts),
      network: facts.vpc ? 'network' : undefined,
      memory: facts.conversation ? "ChatMemory.dynamoDb(this, 'Conversations')" : undefined,
      responseStreaming: facts.streaming ? 'true' : undefined,
      concurrency,
    }),
    '});',
  ]);
}

export function imageSkeleton(facts: WorkloadFacts): string {
  const concurrency = provisioned(facts, Packaging.IMAGE);
  const names = [
    'ContainerInferenceFunction',
    'InferenceImage',
    ...(facts.modelBytes > 0 ? ['ModelSource'] : []),
    ...(concurrency === undefined ? [] : ['ProvisionedConcurrency']),
  ];
  return stackOf([`import { ${names.join(', ')} } from 'cdk-serverless-ai';`], 'InferenceStack', [
    "new ContainerInferenceFunction(this, 'Inference', {",
    ...props({
      image: "InferenceImage.fromDirectory('images/inference')",
      model: facts.modelBytes > 0 ? "ModelSource.bakedIn('model/model.onnx')" : undefined,
      memorySize: memoryOf(facts),
      timeout: timeout(facts),
      concurrency,
    }),
    '});',
  ]);
}

const DURABLE_MARGIN = 2;

export function durableSkeleton(facts: WorkloadFacts): string {
  const whole =
    facts.worstSeconds === undefined ? 'Duration.days(1)' : `Duration.seconds(${Math.ceil(facts.worstSeconds * DURABLE_MARGIN)})`;
  return stackOf(["import { AgentCode, AiAgentFunction } from 'cdk-serverless-ai';"], 'DurableStack', [
    "new AiAgentFunction(this, 'Agent', {",
    ...props({
      code: "AgentCode.typescript('src/agent.ts')",
      memorySize: megabytesOf(facts.stepMemoryBytes, LAMBDA_MEMORY.min!, LAMBDA_MEMORY.max!),
      timeout: timeoutOf(facts.longestStepSeconds, LAMBDA_TIMEOUT.max!),
      durable: `{ executionTimeout: ${whole} }`,
    }),
    '});',
  ]);
}

export function managedInstancesSkeleton(facts: WorkloadFacts): string {
  const memory = megabytesOf(facts.memoryBytes, LMI_MEMORY.min!, LMI_MEMORY.max!);
  const longest = facts.interactive === true ? LAMBDA_TIMEOUT.max! : LMI_TIMEOUT_ASYNC.max!;
  return stackOf(
    [
      "import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';",
      "import { Architecture, CapacityProvider, DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda';",
    ],
    'ManagedInstancesStack',
    [
      "const vpc = new Vpc(this, 'Network', { natGateways: 1 });",
      "const capacity = new CapacityProvider(this, 'Capacity', {",
      '  subnets: vpc.privateSubnets,',
      "  securityGroups: [new SecurityGroup(this, 'Instances', { vpc })],",
      '  architectures: [Architecture.ARM_64],',
      '});',
      "const inference = new DockerImageFunction(this, 'Inference', {",
      ...props({
        code: "DockerImageCode.fromImageAsset('images/inference')",
        architecture: 'Architecture.ARM_64',
        memorySize: memory ?? LMI_MEMORY.min,
        timeout: timeoutOf(facts.worstSeconds, longest),
      }),
      '});',
      'capacity.addFunction(inference);',
    ],
  );
}
