import type { Quota, QuotaPage } from './quota';

const TASKS: QuotaPage = {
  platform: 'AWS Fargate',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const API: QuotaPage = {
  platform: 'AWS Fargate',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const PRICING: QuotaPage = {
  platform: 'AWS Fargate',
  source: 'https://aws.amazon.com/fargate/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const GENERAL: QuotaPage = {
  platform: 'AWS Fargate',
  source: 'https://docs.aws.amazon.com/general/latest/gr/ecs-service.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const THROTTLING: QuotaPage = {
  platform: 'AWS Fargate',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const SPOT: QuotaPage = {
  platform: 'AWS Fargate',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

export const FARGATE_STOP_TIMEOUT: Quota = {
  ...TASKS,
  id: 'fargate.stop',
  quantity: 'time between SIGTERM and SIGKILL',
  max: 120,
  default: 30,
  unit: 's',
  kind: 'hard',
};

export const FARGATE_EPHEMERAL_STORAGE: Quota = {
  ...API,
  id: 'fargate.disk',
  quantity: 'ephemeral storage',
  min: 20,
  max: 200,
  default: 20,
  unit: 'GiB',
  kind: 'hard',
};

export const FARGATE_TASK_VCPUS: Quota = {
  ...PRICING,
  id: 'fargate.task.vcpu',
  quantity: 'vCPUs of a task',
  min: 0.25,
  max: 32,
  unit: 'vCPU',
  kind: 'hard',
  note: '16 and 32 need platform version 1.4.0 or later; 32 on Linux only',
};

export const FARGATE_MEMORY: Quota = {
  ...PRICING,
  id: 'fargate.memory',
  quantity: 'memory of a task',
  min: 512,
  max: 249_856,
  unit: 'MiB',
  kind: 'hard',
  note: 'each number of vCPUs has its own range; the most with 32',
};

export const FARGATE_GPU: Quota = {
  ...TASKS,
  id: 'fargate.gpu',
  quantity: 'GPUs of a task',
  max: 0,
  unit: 'GPU',
  kind: 'hard',
  note: 'GPUs need ECS on EC2 or Managed Instances',
};

export const FARGATE_VCPU_QUOTA: Quota = {
  ...GENERAL,
  id: 'fargate.vcpu',
  quantity: 'on-demand vCPUs in a Region',
  max: 6,
  unit: 'vCPU',
  kind: 'adjustable',
  note: 'rolling deployments need headroom; Spot has a quota of its own',
};

export const FARGATE_LAUNCH_RATE: Quota = {
  ...THROTTLING,
  id: 'fargate.launch',
  quantity: 'tasks started a second',
  max: 20,
  unit: 'tasks/s',
  kind: 'adjustable',
  note: 'with a burst of 100; on demand and Spot each',
};

export const FARGATE_SPOT_WARNING: Quota = {
  ...SPOT,
  id: 'fargate.spot',
  quantity: 'time between the warning and the end of a Spot task',
  max: 120,
  unit: 's',
  kind: 'hard',
};

/** One row of the table of task sizes: memory from `minMib` to `maxMib` in steps of `stepMib`, or exactly one of `exactMib`. */
export interface FargateSize {
  readonly cpuUnits: number;
  readonly minMib: number;
  readonly maxMib: number;
  readonly stepMib?: number;
  readonly exactMib?: readonly number[];
}

/** Dated and sourced by `FARGATE_TASK_SIZES`. */
export const FARGATE_SIZES: readonly FargateSize[] = [
  { cpuUnits: 256, minMib: 512, maxMib: 2_048, exactMib: [512, 1_024, 2_048] },
  { cpuUnits: 512, minMib: 1_024, maxMib: 4_096, stepMib: 1_024 },
  { cpuUnits: 1_024, minMib: 2_048, maxMib: 8_192, stepMib: 1_024 },
  { cpuUnits: 2_048, minMib: 4_096, maxMib: 16_384, stepMib: 1_024 },
  { cpuUnits: 4_096, minMib: 8_192, maxMib: 30_720, stepMib: 1_024 },
  { cpuUnits: 8_192, minMib: 16_384, maxMib: 61_440, stepMib: 4_096 },
  { cpuUnits: 16_384, minMib: 32_768, maxMib: 122_880, stepMib: 8_192 },
  { cpuUnits: 32_768, minMib: 61_440, maxMib: 249_856, exactMib: [61_440, 122_880, 249_856] },
];

const sizeText = ({ cpuUnits, minMib, maxMib }: FargateSize): string =>
  `${cpuUnits / 1_024} vCPU ${minMib / 1_024} to ${maxMib / 1_024} GB`;

export const FARGATE_TASK_SIZES: Quota = {
  ...PRICING,
  id: 'fargate.sizes',
  quantity: 'memory that goes with the vCPUs of a task',
  values: FARGATE_SIZES.map(sizeText),
  unit: '-',
  kind: 'fact',
  note: 'in steps: 1 GB up to 4 vCPUs, 4 GB at 8, 8 GB at 16, and 60, 120 or 244 GB at 32',
};
