import {
  AGENTCORE_ASYNC,
  AGENTCORE_GPU,
  AGENTCORE_IMAGE_SIZE,
  AGENTCORE_MEMORY,
  AGENTCORE_NEW_SESSIONS,
  AGENTCORE_PAYLOAD,
  AGENTCORE_REQUEST,
  AGENTCORE_SESSIONS,
  AGENTCORE_STREAM,
} from '../../quotas/agentcore-quotas';
import { AGENTCORE_IDLE_PROCESS } from '../../quotas/capability-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { ARRIVALS, answeredWhole, CODE, CONCURRENCY, GPU, IDLE_PROCESS, MEMORY, REQUEST, streamed, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { agentCoreSkeleton } from '../skeletons/service-skeletons';
import type { TargetDefinition } from '../target-definition';
import { EU_MODEL_RISK, EU_REGION_RISK } from './function-risks';

export const AGENTCORE_RUNTIME: TargetDefinition = {
  target: ComputeTarget.AGENTCORE_RUNTIME,
  name: 'AgentCore Runtime',
  verdict: Verdict.SERVERLESS,
  plainness: 2,
  limits: [
    { need: WHOLE_DURATION, quota: AGENTCORE_ASYNC },
    { need: WHOLE_DURATION, quota: AGENTCORE_REQUEST, when: answeredWhole },
    { need: WHOLE_DURATION, quota: AGENTCORE_STREAM, when: streamed },
    { need: MEMORY, quota: AGENTCORE_MEMORY },
    { need: CODE, quota: AGENTCORE_IMAGE_SIZE },
    { need: REQUEST, quota: AGENTCORE_PAYLOAD },
    { need: GPU, quota: AGENTCORE_GPU },
    { need: IDLE_PROCESS, quota: AGENTCORE_IDLE_PROCESS },
    { need: CONCURRENCY, quota: AGENTCORE_SESSIONS, remedy: 'ask for more active sessions' },
    { need: ARRIVALS, quota: AGENTCORE_NEW_SESSIONS, remedy: 'ask for more new sessions a second, or let conversations keep theirs' },
  ],
  points: {
    'bursty-or-low-traffic': 1,
    'pay-per-use': 0.5,
    'spiky-chatbot': 2,
    'uncuttable-long-job': 2,
    'busy-past-break-even': -1,
  },
  risks: [
    { when: () => true, says: () => 'arm64 images up to 2 GB that listen on port 8080; memory is billed while a session waits' },
    EU_MODEL_RISK,
    EU_REGION_RISK,
  ],
  constructs: ['Runtime', 'AgentRuntimeArtifact'],
  skeleton: agentCoreSkeleton,
};
