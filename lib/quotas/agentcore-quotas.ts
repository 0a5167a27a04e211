import type { Quota } from './quota';

export const AGENTCORE_IMAGE_SIZE: Quota = {
  id: 'ac.image',
  quantity: 'Docker image',
  max: 2,
  unit: 'GB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};

export const AGENTCORE_REQUEST: Quota = {
  id: 'ac.request',
  quantity: 'synchronous request',
  max: 900,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};

export const AGENTCORE_STREAM: Quota = {
  id: 'ac.stream',
  quantity: 'streamed or WebSocket connection',
  max: 3600,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};

export const AGENTCORE_ASYNC: Quota = {
  id: 'ac.async',
  quantity: 'asynchronous job',
  max: 28_800,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};

export const AGENTCORE_PAYLOAD: Quota = {
  id: 'ac.payload',
  quantity: 'payload',
  max: 100,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};

export const AGENTCORE_MEMORY: Quota = {
  id: 'ac.hw',
  quantity: 'memory of a session',
  max: 8,
  unit: 'GB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
  note: '2 vCPU',
};

export const AGENTCORE_GPU: Quota = {
  id: 'ac.hw.gpu',
  quantity: 'GPUs of a session on a microVM',
  max: 0,
  unit: 'GPU',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/release-notes.html',
  checkedOn: '2026-09-26',
  note: 'the Instances compute type, EC2 in the own account, has GPUs',
};

export const AGENTCORE_SESSIONS: Quota = {
  id: 'ac.sessions',
  quantity: 'active sessions (us-east-1, us-west-2)',
  max: 5000,
  unit: 'sessions',
  kind: 'adjustable',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};

export const AGENTCORE_NEW_SESSIONS: Quota = {
  id: 'ac.newsess',
  quantity: 'new sessions per second',
  max: 25,
  unit: 'sessions',
  kind: 'adjustable',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
};
