import type { Quota } from './quota';

export const ECS_GPU_MEMORY: Quota = {
  id: 'ecs.gpu.memory',
  quantity: 'memory of the largest GPU instance (p5.48xlarge)',
  max: 2048,
  unit: 'GiB',
  kind: 'hard',
  source: 'https://aws.amazon.com/ec2/instance-types/p5/',
  checkedOn: '2026-11-24',
};
