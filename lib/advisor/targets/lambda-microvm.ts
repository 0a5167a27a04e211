import { LAMBDA_IDLE_PROCESS, MICROVM_GPU } from '../../quotas/capability-quotas';
import { MICROVM_DURATION, MICROVM_MEMORY, MICROVM_TOTAL_MEMORY } from '../../quotas/microvm-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { FLEET_MEMORY, GPU, IDLE_PROCESS, MEMORY, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { microVmSkeleton } from '../skeletons/service-skeletons';
import type { TargetDefinition } from '../target-definition';
import { FUNCTION_RISKS } from './function-risks';

export const LAMBDA_MICROVM: TargetDefinition = {
  target: ComputeTarget.LAMBDA_MICROVM,
  name: 'Lambda MicroVM',
  verdict: Verdict.SERVERLESS,
  plainness: 1,
  limits: [
    { need: WHOLE_DURATION, quota: MICROVM_DURATION },
    { need: MEMORY, quota: MICROVM_MEMORY },
    { need: GPU, quota: MICROVM_GPU },
    { need: IDLE_PROCESS, quota: LAMBDA_IDLE_PROCESS },
    { need: FLEET_MEMORY, quota: MICROVM_TOTAL_MEMORY, remedy: 'ask for a higher quota' },
  ],
  points: {
    'bursty-or-low-traffic': 1,
    'spiky-chatbot': 1,
    'uncuttable-long-job': 2,
    'memory-over-a-function': 0.5,
    'tight-agents': 1,
    'answer-awaited': -1,
    'busy-past-break-even': -1,
  },
  risks: [
    {
      when: () => true,
      says: () => 'arm64 only; starting and suspending are calls that your own code makes, five and two a second by default',
    },
    ...FUNCTION_RISKS,
  ],
  constructs: ['CfnMicrovmImage'],
  skeleton: microVmSkeleton,
};
