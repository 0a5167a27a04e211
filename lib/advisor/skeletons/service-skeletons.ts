import { MICROVM_MEMORY } from '../../quotas/microvm-quotas';
import { SAGEMAKER_SERVERLESS_MEMORY } from '../../quotas/sagemaker-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { megabytesOf, stackOf } from './skeleton-text';

const GIB = 1024;

const INFERENCE_CONTAINER = "{ image: image.imageUri, modelDataUrl: 's3://models/model.tar.gz' }";

const sageMakerLines = [
  "const image = new DockerImageAsset(this, 'Image', { directory: 'images/inference' });",
  "const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });",
  'image.repository.grantPull(role);',
  `const model = new CfnModel(this, 'Model', { executionRoleArn: role.roleArn, primaryContainer: ${INFERENCE_CONTAINER} });`,
];

const SAGEMAKER_IMPORTS = [
  "import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';",
  "import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';",
  "import { CfnEndpoint, CfnEndpointConfig, CfnModel } from 'aws-cdk-lib/aws-sagemaker';",
];

/** Whole gigabytes, as the service sells them. */
function endpointMegabytes({ memoryBytes }: WorkloadFacts): number {
  const [least, most] = [SAGEMAKER_SERVERLESS_MEMORY.min!, SAGEMAKER_SERVERLESS_MEMORY.max!];
  const wanted = megabytesOf(memoryBytes, least, most) ?? 2 * GIB;
  return Math.min(most, Math.ceil(wanted / GIB) * GIB);
}

export function sageMakerServerlessSkeleton(facts: WorkloadFacts): string {
  const concurrency = Math.max(1, Math.min(200, Math.ceil(facts.peakConcurrency ?? 20)));
  return stackOf(SAGEMAKER_IMPORTS, 'EndpointStack', [
    ...sageMakerLines,
    "const config = new CfnEndpointConfig(this, 'Config', {",
    '  productionVariants: [',
    '    {',
    "      variantName: 'only',",
    '      modelName: model.attrModelName,',
    `      serverlessConfig: { memorySizeInMb: ${endpointMegabytes(facts)}, maxConcurrency: ${concurrency} },`,
    '    },',
    '  ],',
    '});',
    "new CfnEndpoint(this, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });",
  ]);
}

const GPU_INSTANCE = 'ml.g5.xlarge';
const CPU_INSTANCE = 'ml.m5.xlarge';

export function sageMakerAsyncSkeleton({ gpuSteps }: WorkloadFacts): string {
  return stackOf(["import { Bucket } from 'aws-cdk-lib/aws-s3';", ...SAGEMAKER_IMPORTS], 'AsyncEndpointStack', [
    ...sageMakerLines,
    "const results = new Bucket(this, 'Results');",
    'results.grantReadWrite(role);',
    "const config = new CfnEndpointConfig(this, 'Config', {",
    `  productionVariants: [{ variantName: 'only', modelName: model.attrModelName, instanceType: '${gpuSteps > 0 ? GPU_INSTANCE : CPU_INSTANCE}', initialInstanceCount: 1 }],`,
    "  asyncInferenceConfig: { outputConfig: { s3OutputPath: results.s3UrlForObject('results') } },",
    '});',
    '// Scale it to zero with an Application Auto Scaling target on the variant (minCapacity 0).',
    "new CfnEndpoint(this, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });",
  ]);
}

export function agentCoreSkeleton(): string {
  return stackOf(
    [
      "import { AgentRuntimeArtifact, Runtime } from 'aws-cdk-lib/aws-bedrockagentcore';",
      "import { Platform } from 'aws-cdk-lib/aws-ecr-assets';",
    ],
    'RuntimeStack',
    [
      '// The image listens on port 8080 and answers POST /invocations and GET /ping.',
      "new Runtime(this, 'Agent', {",
      "  agentRuntimeArtifact: AgentRuntimeArtifact.fromAsset('images/agent', { platform: Platform.LINUX_ARM64 }),",
      '});',
    ],
  );
}

export function ecsGpuSkeleton({ memoryBytes }: WorkloadFacts): string {
  const memory = Math.max(8 * GIB, megabytesOf(memoryBytes, 0, Number.MAX_SAFE_INTEGER) ?? 0);
  return stackOf(
    [
      "import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';",
      "import { AmiHardwareType, Cluster, ContainerImage, Ec2Service, Ec2TaskDefinition, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';",
    ],
    'GpuStack',
    [
      "const cluster = new Cluster(this, 'Cluster', { vpc: new Vpc(this, 'Network', { natGateways: 1 }) });",
      "cluster.addCapacity('Gpus', {",
      "  instanceType: new InstanceType('g5.xlarge'),",
      '  machineImage: EcsOptimizedImage.amazonLinux2023(AmiHardwareType.GPU),',
      '});',
      "const task = new Ec2TaskDefinition(this, 'Task');",
      "task.addContainer('Inference', {",
      "  image: ContainerImage.fromAsset('images/inference'),",
      `  memoryReservationMiB: ${memory},`,
      '  gpuCount: 1,',
      '});',
      "new Ec2Service(this, 'Service', { cluster, taskDefinition: task });",
    ],
  );
}

export function microVmSkeleton({ memoryBytes }: WorkloadFacts): string {
  const memory = Math.ceil(megabytesOf(memoryBytes, 2 * GIB, MICROVM_MEMORY.max! * GIB) ?? 2 * GIB);
  return stackOf(
    [
      "import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';",
      "import { CfnMicrovmImage, type CfnMicrovmImageProps } from 'aws-cdk-lib/aws-lambda';",
      "import { Asset } from 'aws-cdk-lib/aws-s3-assets';",
    ],
    'MicroVmStack',
    [
      "const code = new Asset(this, 'Code', { path: 'images/agent' });",
      "const role = new Role(this, 'BuildRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });",
      'code.grantRead(role);',
      `// ${memory} MB of memory; base image, CPU, hooks and connectors from the context in cdk.json.`,
      "const rest = this.node.getContext('agent-microvm') as Omit<CfnMicrovmImageProps, 'buildRoleArn' | 'codeArtifact' | 'name'>;",
      "new CfnMicrovmImage(this, 'Agent', { ...rest, name: 'agent', buildRoleArn: role.roleArn, codeArtifact: { uri: code.s3ObjectUrl } });",
    ],
  );
}
