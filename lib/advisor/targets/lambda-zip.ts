import { LAMBDA_ZIP_IMAGE } from '../../quotas/capability-quotas';
import { LAMBDA_ZIP_UNZIPPED } from '../../quotas/lambda-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { Packaging } from '../cold-starts';
import { CODE, IMAGE } from '../needs';
import { Verdict } from '../recommendation';
import { zipSkeleton } from '../skeletons/function-skeletons';
import type { TargetDefinition } from '../target-definition';
import { WHOLE_FUNCTION } from './function-limits';
import { coldStartRisk, FUNCTION_RISKS, NEAR_TIMEOUT_RISK } from './function-risks';

export const LAMBDA_ZIP: TargetDefinition = {
  target: ComputeTarget.LAMBDA_ZIP,
  name: 'Lambda function from a zip package',
  verdict: Verdict.SERVERLESS,
  plainness: 6,
  limits: [...WHOLE_FUNCTION, { need: CODE, quota: LAMBDA_ZIP_UNZIPPED }, { need: IMAGE, quota: LAMBDA_ZIP_IMAGE }],
  points: {
    'bursty-or-low-traffic': 2,
    'event-driven': 1,
    'short-simple-inference': 1,
    'pay-per-use': 1,
    'spiky-chatbot': 2,
    'small-model': 0.5,
    'answer-awaited': 1,
    'busy-past-break-even': -1,
  },
  risks: [coldStartRisk(Packaging.ZIP), NEAR_TIMEOUT_RISK, ...FUNCTION_RISKS],
  constructs: ['AiAgentFunction', 'ChatMemory', 'ProvisionedConcurrency', 'KeepWarmSchedule'],
  skeleton: zipSkeleton,
};
