/** A size that a provider sells: the memory it holds and the CPU that comes with it. */
export interface SoldSize {
  readonly vCpus: number;
  readonly memoryGib: number;
}

/** Memory and CPU go together, 2 GB for each vCPU. https://aws.amazon.com/lambda/pricing/, read 2026-11-24. */
export const MICRO_VM_SIZES: readonly SoldSize[] = [1, 2, 4, 8, 16].map((vCpus) => ({ vCpus, memoryGib: 2 * vCpus }));

/** Least CPU for a memory. https://docs.cloud.google.com/run/docs/configuring/services/memory-limits, read 2026-11-24. */
export const CLOUD_RUN_SIZES: readonly SoldSize[] = [
  { vCpus: 1, memoryGib: 4 },
  { vCpus: 2, memoryGib: 8 },
  { vCpus: 4, memoryGib: 16 },
  { vCpus: 6, memoryGib: 24 },
  { vCpus: 8, memoryGib: 32 },
];

/** Instance types, with disk in GB. https://developers.cloudflare.com/containers/platform-details/limits/, read 2026-11-24. */
export const CLOUDFLARE_CONTAINER_SIZES: readonly (SoldSize & { readonly diskGigabytes: number })[] = [
  { vCpus: 1 / 16, memoryGib: 0.25, diskGigabytes: 2 },
  { vCpus: 1 / 4, memoryGib: 1, diskGigabytes: 4 },
  { vCpus: 1 / 2, memoryGib: 4, diskGigabytes: 8 },
  { vCpus: 1, memoryGib: 6, diskGigabytes: 12 },
  { vCpus: 2, memoryGib: 8, diskGigabytes: 16 },
  { vCpus: 4, memoryGib: 12, diskGigabytes: 20 },
];

/** Memory of serverless inference, in steps of 1 GB. https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html */
export const SAGEMAKER_SERVERLESS_GIB: readonly number[] = [1, 2, 3, 4, 5, 6];

/** GPU and CPU instances of SageMaker endpoints, cheapest first. */
export const SAGEMAKER_SIZES: readonly (SoldSize & { readonly type: string; readonly gpuMemoryGib: number })[] = [
  { type: 'ml.m5.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 0 },
  { type: 'ml.g4dn.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 16 },
  { type: 'ml.g5.xlarge', vCpus: 4, memoryGib: 16, gpuMemoryGib: 24 },
];
