import { OUTSIDE_VPC } from '../../quotas/capability-quotas';
import { CLOUD_RUN_BODY, CLOUD_RUN_JOB_TIMEOUT, CLOUD_RUN_MEMORY, CLOUD_RUN_TIMEOUT } from '../../quotas/cloud-run-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { interactive, MEMORY, REQUEST, VPC, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import type { TargetDefinition } from '../target-definition';
import { OTHER_PROVIDER_RISKS } from './other-provider-risks';

export const CLOUD_RUN: TargetDefinition = {
  target: ComputeTarget.CLOUD_RUN,
  name: 'Google Cloud Run',
  verdict: Verdict.SERVERLESS,
  comparisonOnly: true,
  plainness: 0,
  limits: [
    { need: WHOLE_DURATION, quota: CLOUD_RUN_JOB_TIMEOUT },
    { need: WHOLE_DURATION, quota: CLOUD_RUN_TIMEOUT, when: interactive },
    { need: MEMORY, quota: CLOUD_RUN_MEMORY },
    { need: REQUEST, quota: CLOUD_RUN_BODY, when: interactive },
    { need: VPC, quota: OUTSIDE_VPC },
  ],
  points: {},
  risks: OTHER_PROVIDER_RISKS,
  constructs: [],
  skeleton: () => '',
};
