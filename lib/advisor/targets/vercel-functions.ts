import { OUTSIDE_VPC, VERCEL_GPU, VERCEL_IDLE_PROCESS } from '../../quotas/capability-quotas';
import {
  VERCEL_BUNDLE,
  VERCEL_CONCURRENCY,
  VERCEL_DURATION,
  VERCEL_MEMORY,
  VERCEL_PAYLOAD,
  VERCEL_SCALING,
} from '../../quotas/vercel-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { BURST, CODE, CONCURRENCY, GPU, IDLE_PROCESS, inBursts, MEMORY, REQUEST, VPC, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import type { TargetDefinition } from '../target-definition';
import { OTHER_PROVIDER_RISKS } from './other-provider-risks';

export const VERCEL_FUNCTIONS: TargetDefinition = {
  target: ComputeTarget.VERCEL_FUNCTIONS,
  name: 'Vercel Functions',
  verdict: Verdict.SERVERLESS,
  comparisonOnly: true,
  plainness: 0,
  limits: [
    { need: WHOLE_DURATION, quota: VERCEL_DURATION },
    { need: MEMORY, quota: VERCEL_MEMORY },
    { need: CODE, quota: VERCEL_BUNDLE },
    { need: REQUEST, quota: VERCEL_PAYLOAD },
    { need: GPU, quota: VERCEL_GPU },
    { need: IDLE_PROCESS, quota: VERCEL_IDLE_PROCESS },
    { need: VPC, quota: OUTSIDE_VPC },
    { need: CONCURRENCY, quota: VERCEL_CONCURRENCY, remedy: 'ask for more concurrency' },
    { need: BURST, quota: VERCEL_SCALING, when: inBursts, remedy: 'put a queue in front' },
  ],
  points: {},
  risks: OTHER_PROVIDER_RISKS,
  constructs: [],
  skeleton: () => '',
};
