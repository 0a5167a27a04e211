import { CLOUDFLARE_GPU, CLOUDFLARE_IDLE_PROCESS, CLOUDFLARE_IMAGE, OUTSIDE_VPC } from '../../quotas/capability-quotas';
import { CLOUDFLARE_BODY, CLOUDFLARE_CPU, CLOUDFLARE_MEMORY, CLOUDFLARE_SIZE } from '../../quotas/cloudflare-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, COMPUTING, GPU, IDLE_PROCESS, IMAGE, MEMORY, REQUEST, VPC } from '../needs';
import { Verdict } from '../recommendation';
import type { TargetDefinition } from '../target-definition';
import { OTHER_PROVIDER_RISKS } from './other-provider-risks';

export const CLOUDFLARE_WORKERS: TargetDefinition = {
  target: ComputeTarget.CLOUDFLARE_WORKERS,
  name: 'Cloudflare Workers',
  verdict: Verdict.SERVERLESS,
  comparisonOnly: true,
  plainness: 0,
  limits: [
    { need: COMPUTING, quota: CLOUDFLARE_CPU },
    { need: MEMORY, quota: CLOUDFLARE_MEMORY },
    { need: CODE, quota: CLOUDFLARE_SIZE },
    { need: REQUEST, quota: CLOUDFLARE_BODY },
    { need: GPU, quota: CLOUDFLARE_GPU },
    { need: IMAGE, quota: CLOUDFLARE_IMAGE },
    { need: IDLE_PROCESS, quota: CLOUDFLARE_IDLE_PROCESS },
    { need: VPC, quota: OUTSIDE_VPC },
  ],
  points: {},
  risks: OTHER_PROVIDER_RISKS,
  constructs: [],
  skeleton: () => '',
};
