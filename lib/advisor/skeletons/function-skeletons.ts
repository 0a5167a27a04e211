import type { FleetResult } from '../../fleet/fleet-result';
import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import { LMI_MEMORY, LMI_TIMEOUT_ASYNC } from '../../quotas/managed-instances-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { Packaging } from '../cold-starts';
import { type Readiness, readinessOf } from './readiness';
import { megabytesOf, props, stackOf, timeoutOf } from './skeleton-text';

const memoryOf = (facts: WorkloadFacts) => megabytesOf(facts.memoryBytes, LAMBDA_MEMORY.min!, LAMBDA_MEMORY.max!);
const timeout = (facts: WorkloadFacts) => timeoutOf(facts.worstSeconds, LAMBDA_TIMEOUT.max!);

/** The function gets a name where something is made of it. */
const bound = (name: string, { after }: Readiness, text: string) => (after(name).length === 0 ? text : `const ${name} = ${text}`);

export function zipSkeleton(facts: WorkloadFacts, best?: FleetResult): string {
  const readiness = readinessOf(facts, Packaging.ZIP, best);
  const names = [
    'AgentCode',
    'AiAgentFunction',
    ...(facts.conversation ? ['ChatMemory'] : []),
    ...(facts.vpc ? ['PrivateNetwork'] : []),
    ...readiness.names,
  ];
  return stackOf([`import { ${names.join(', ')} } from 'cdk-serverless-ai';`], 'AgentStack', [
    ...(facts.vpc ? ["const network = new PrivateNetwork(this, 'Network');"] : []),
    bound('agent', readiness, "new AiAgentFunction(this, 'Agent', {"),
    ...props({
      code: "AgentCode.typescript('src/agent.ts')",
      memorySize: memoryOf(facts),
      timeout: timeout(facts),
      network: facts.vpc ? 'network' : undefined,
      memory: facts.conversation ? "ChatMemory.dynamoDb(this, 'Conversations')" : undefined,
      responseStreaming: facts.streaming ? 'true' : undefined,
      concurrency: readiness.concurrency,
    }),
    '});',
    ...readiness.after('agent'),
  ]);
}

export function imageSkeleton(facts: WorkloadFacts, best?: FleetResult): string {
  const readiness = readinessOf(facts, Packaging.IMAGE, best);
  const names = ['ContainerInferenceFunction', 'InferenceImage', ...(facts.modelBytes > 0 ? ['ModelSource'] : []), ...readiness.names];
  return stackOf([`import { ${names.join(', ')} } from 'cdk-serverless-ai';`], 'InferenceStack', [
    bound('inference', readiness, "new ContainerInferenceFunction(this, 'Inference', {"),
    ...props({
      image: "InferenceImage.fromDirectory('images/inference')",
      model: facts.modelBytes > 0 ? "ModelSource.bakedIn('model/model.onnx')" : undefined,
      memorySize: memoryOf(facts),
      timeout: timeout(facts),
      concurrency: readiness.concurrency,
    }),
    '});',
    ...readiness.after('inference'),
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
