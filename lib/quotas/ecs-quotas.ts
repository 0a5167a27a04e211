import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Amazon ECS on EC2',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const INSTANCES: QuotaPage = {
  platform: 'Amazon ECS on EC2',
  source: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const GPU: QuotaPage = {
  platform: 'Amazon ECS on EC2',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

const ACCELERATED: QuotaPage = {
  platform: 'Amazon ECS on EC2',
  source: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html',
  checkedOn: '2026-11-24',
  confidence: 'from memory',
};

const P5: QuotaPage = {
  platform: 'Amazon ECS on EC2',
  source: 'https://aws.amazon.com/ec2/instance-types/p5/',
  checkedOn: '2026-11-24',
  confidence: 'from memory',
};

export const ECS_GPU_MEMORY: Quota = {
  ...P5,
  id: 'ecs.gpu.memory',
  quantity: 'memory of the largest GPU instance (p5.48xlarge)',
  max: 2_048,
  unit: 'GiB',
  kind: 'hard',
};

export const ECS_TASK_VCPUS: Quota = {
  ...API,
  id: 'ecs.taskcpu',
  quantity: 'vCPUs of a task',
  min: 0.125,
  max: 192,
  unit: 'vCPU',
  kind: 'hard',
};

export const EC2_GPU_VCPUS: Quota = {
  ...INSTANCES,
  id: 'ec2.gpu.vcpu',
  quantity: 'vCPUs of running on-demand G and VT instances in a Region',
  max: 0,
  default: 0,
  unit: 'vCPU',
  kind: 'adjustable',
  note: 'a new account must ask for an increase before its first GPU',
};

export const EC2_P_VCPUS: Quota = {
  ...INSTANCES,
  id: 'ec2.p.vcpu',
  quantity: 'vCPUs of running on-demand P instances in a Region',
  max: 0,
  default: 0,
  unit: 'vCPU',
  kind: 'adjustable',
};

export const EC2_STANDARD_VCPUS: Quota = {
  ...INSTANCES,
  id: 'ec2.standard.vcpu',
  quantity: 'vCPUs of running on-demand standard instances in a Region',
  max: 5,
  default: 5,
  unit: 'vCPU',
  kind: 'adjustable',
};

export const ECS_GPU_SHARING: Quota = {
  ...GPU,
  id: 'ecs.gpu',
  quantity: 'GPUs that a container reserves',
  min: 1,
  unit: 'GPU',
  kind: 'hard',
  note: 'whole GPUs, for one container',
};

export const EC2_GPU_MEMORY: Quota = {
  ...ACCELERATED,
  id: 'ec2.gpu.memory',
  quantity: 'memory of one GPU of common instance families',
  min: 16,
  max: 80,
  values: ['g4dn 16', 'g5 24', 'g6 24', 'g6e 48', 'p4d 40', 'p5 80'],
  unit: 'GiB',
  kind: 'fact',
};
