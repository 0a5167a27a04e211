import type { Quota } from './quota';

export const FARGATE_STOP_TIMEOUT: Quota = {
  id: 'fargate.stop',
  quantity: 'time between SIGTERM and SIGKILL',
  max: 120,
  default: 30,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  checkedOn: '2026-11-24',
};

export const FARGATE_EPHEMERAL_STORAGE: Quota = {
  id: 'fargate.disk',
  quantity: 'ephemeral storage',
  min: 20,
  max: 200,
  unit: 'GiB',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

/** One row of the table of task sizes: memory from `minMib` to `maxMib` in steps of `stepMib`, or exactly one of `exactMib`. */
export interface FargateSize {
  readonly cpuUnits: number;
  readonly minMib: number;
  readonly maxMib: number;
  readonly stepMib?: number;
  readonly exactMib?: readonly number[];
}

/** Source: https://aws.amazon.com/fargate/pricing/, read 2026-11-24. */
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

export const FARGATE_VCPU_QUOTA: Quota = {
  id: 'fargate.vcpu',
  quantity: 'on-demand vCPU per Region (default)',
  max: 6,
  unit: 'vCPU',
  kind: 'adjustable',
  source: 'https://docs.aws.amazon.com/general/latest/gr/ecs-service.html',
  checkedOn: '2026-10-01',
  note: 'rolling deployments need headroom',
};

export const FARGATE_GPU: Quota = {
  id: 'fargate.gpu',
  quantity: 'GPUs of a task',
  max: 0,
  unit: 'GPU',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  checkedOn: '2026-10-01',
};

export const FARGATE_MEMORY: Quota = {
  id: 'fargate.memory',
  quantity: 'memory of a task (32 vCPU)',
  max: 249_856,
  unit: 'MiB',
  kind: 'hard',
  source: 'https://aws.amazon.com/fargate/pricing/',
  checkedOn: '2026-11-24',
};
