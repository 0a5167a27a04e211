/** What an instance has, for choosing one that a workload fits. */
export interface InstanceSize {
  readonly type: string;
  readonly vCpus: number;
  readonly memoryGib: number;
  /** 0 where there is no GPU. */
  readonly gpuMemoryGib: number;
}

/** https://aws.amazon.com/ec2/instance-types/, read 2026-11-24; those without a GPU first, and cheapest first. */
export const INSTANCE_SIZES: readonly InstanceSize[] = [
  { type: 'c7g.xlarge', vCpus: 4, memoryGib: 8, gpuMemoryGib: 0 },
  { type: 'm7g.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 0 },
  { type: 'm7g.2xlarge', vCpus: 8, memoryGib: 32, gpuMemoryGib: 0 },
  { type: 'm7g.4xlarge', vCpus: 16, memoryGib: 64, gpuMemoryGib: 0 },
  { type: 'm7g.8xlarge', vCpus: 32, memoryGib: 128, gpuMemoryGib: 0 },
  { type: 'g4dn.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 16 },
  { type: 'g4dn.2xlarge', vCpus: 8, memoryGib: 32, gpuMemoryGib: 16 },
  { type: 'g5.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 24 },
  { type: 'g5.2xlarge', vCpus: 8, memoryGib: 32, gpuMemoryGib: 24 },
  { type: 'g5.4xlarge', vCpus: 16, memoryGib: 64, gpuMemoryGib: 24 },
  { type: 'g5.12xlarge', vCpus: 48, memoryGib: 192, gpuMemoryGib: 96 },
  { type: 'g5.48xlarge', vCpus: 192, memoryGib: 768, gpuMemoryGib: 192 },
];
