import { CLOUDFLARE_GPU, OUTSIDE_VPC } from '../../quotas/capability-quotas';
import { CLOUDFLARE_BODY, CLOUDFLARE_CONTAINER_DISK, CLOUDFLARE_CONTAINER_MEMORY } from '../../quotas/cloudflare-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, GPU, MEMORY, REQUEST, VPC } from '../needs';
import { Verdict } from '../recommendation';
import type { TargetDefinition } from '../target-definition';
import { OTHER_PROVIDER_RISKS } from './other-provider-risks';

export const CLOUDFLARE_CONTAINERS: TargetDefinition = {
  target: ComputeTarget.CLOUDFLARE_CONTAINERS,
  name: 'Cloudflare Containers',
  verdict: Verdict.TRADITIONAL,
  comparisonOnly: true,
  plainness: 0,
  limits: [
    { need: MEMORY, quota: CLOUDFLARE_CONTAINER_MEMORY },
    { need: CODE, quota: CLOUDFLARE_CONTAINER_DISK },
    { need: REQUEST, quota: CLOUDFLARE_BODY },
    { need: GPU, quota: CLOUDFLARE_GPU },
    { need: VPC, quota: OUTSIDE_VPC },
  ],
  points: {},
  risks: OTHER_PROVIDER_RISKS,
  constructs: [],
  skeleton: () => '',
};
