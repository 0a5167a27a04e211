import {
  CLOUDFLARE_GPU,
  CLOUDFLARE_IDLE_PROCESS,
  CLOUDFLARE_IMAGE,
  CLOUDFLARE_WORKFLOW_STREAM,
  OUTSIDE_VPC,
} from '../../quotas/capability-quotas';
import {
  CLOUDFLARE_CPU,
  CLOUDFLARE_MEMORY,
  CLOUDFLARE_SIZE,
  CLOUDFLARE_WORKFLOW_EVENT,
  CLOUDFLARE_WORKFLOW_STEPS,
} from '../../quotas/cloudflare-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, GPU, IDLE_PROCESS, IMAGE, REQUEST, STEP_COUNT, STEP_DURATION, STEP_MEMORY, STREAM, VPC } from '../needs';
import { Verdict } from '../recommendation';
import type { TargetDefinition } from '../target-definition';
import { OTHER_PROVIDER_RISKS } from './other-provider-risks';

export const CLOUDFLARE_WORKFLOWS: TargetDefinition = {
  target: ComputeTarget.CLOUDFLARE_WORKFLOWS,
  name: 'Cloudflare Workflows',
  verdict: Verdict.SERVERLESS,
  comparisonOnly: true,
  plainness: 0,
  limits: [
    { need: STEP_DURATION, quota: CLOUDFLARE_CPU },
    { need: STEP_MEMORY, quota: CLOUDFLARE_MEMORY },
    { need: STEP_COUNT, quota: CLOUDFLARE_WORKFLOW_STEPS },
    { need: CODE, quota: CLOUDFLARE_SIZE },
    { need: REQUEST, quota: CLOUDFLARE_WORKFLOW_EVENT },
    { need: STREAM, quota: CLOUDFLARE_WORKFLOW_STREAM },
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
