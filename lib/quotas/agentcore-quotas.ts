import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'Bedrock AgentCore Runtime',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const NOTES: QuotaPage = {
  platform: 'Bedrock AgentCore Runtime',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/release-notes.html',
  checkedOn: '2026-09-26',
  confidence: 'confirmed',
};

export const AGENTCORE_SESSION: Quota = {
  ...LIMITS,
  id: 'ac.session',
  quantity: 'session on a microVM (maxLifetime)',
  min: 60,
  max: 28_800,
  default: 28_800,
  unit: 's',
  kind: 'configurable',
  note: 'the API allows 1,209,600: that is for the Instances compute type',
};

export const AGENTCORE_IDLE: Quota = {
  ...LIMITS,
  id: 'ac.idle',
  quantity: 'idle session (idleRuntimeSessionTimeout)',
  min: 60,
  max: 28_800,
  default: 900,
  unit: 's',
  kind: 'configurable',
};

export const AGENTCORE_REQUEST: Quota = {
  ...LIMITS,
  id: 'ac.request',
  quantity: 'synchronous request',
  max: 900,
  unit: 's',
  kind: 'hard',
};

export const AGENTCORE_STREAM: Quota = {
  ...LIMITS,
  id: 'ac.stream',
  quantity: 'streaming or WebSocket connection',
  max: 3_600,
  unit: 's',
  kind: 'hard',
  note: 'frames 64 KB, 250 a second',
};

export const AGENTCORE_CHUNK: Quota = {
  ...LIMITS,
  id: 'ac.chunk',
  quantity: 'chunk of a stream',
  max: 10,
  unit: 'MB',
  kind: 'hard',
};

export const AGENTCORE_ASYNC: Quota = {
  ...LIMITS,
  id: 'ac.async',
  quantity: 'asynchronous job',
  max: 28_800,
  unit: 's',
  kind: 'hard',
};

export const AGENTCORE_PAYLOAD: Quota = {
  ...LIMITS,
  id: 'ac.payload',
  quantity: 'request or response payload',
  max: 100,
  unit: 'MB',
  kind: 'hard',
};

export const AGENTCORE_IMAGE_SIZE: Quota = {
  ...LIMITS,
  id: 'ac.image',
  quantity: 'Docker image',
  max: 2,
  unit: 'GB',
  kind: 'hard',
  note: 'less than 2,048 MB; arm64 only',
};

export const AGENTCORE_ZIP: Quota = {
  ...LIMITS,
  id: 'ac.zip',
  quantity: 'direct code package, zipped',
  max: 250,
  unit: 'MB',
  kind: 'hard',
};

export const AGENTCORE_ZIP_UNZIPPED: Quota = {
  ...LIMITS,
  id: 'ac.zip.unzipped',
  quantity: 'direct code package, unzipped',
  max: 750,
  unit: 'MB',
  kind: 'hard',
};

export const AGENTCORE_VCPUS: Quota = {
  ...LIMITS,
  id: 'ac.hw.vcpu',
  quantity: 'vCPUs of a session',
  max: 2,
  unit: 'vCPU',
  kind: 'hard',
};

export const AGENTCORE_GPU: Quota = {
  ...NOTES,
  id: 'ac.hw.gpu',
  quantity: 'GPUs of a session on a microVM',
  max: 0,
  unit: 'GPU',
  kind: 'hard',
  note: 'the Instances compute type, EC2 in the own account, has GPUs',
};

export const AGENTCORE_MEMORY: Quota = {
  ...LIMITS,
  id: 'ac.hw',
  quantity: 'memory of a session',
  max: 8,
  unit: 'GB',
  kind: 'hard',
  note: '2 vCPUs',
};

export const AGENTCORE_STORAGE: Quota = {
  ...LIMITS,
  id: 'ac.storage',
  quantity: 'session storage',
  max: 1,
  unit: 'GB',
  kind: 'hard',
};

export const AGENTCORE_SESSIONS: Quota = {
  ...LIMITS,
  id: 'ac.sessions',
  quantity: 'active sessions of an account in us-east-1 and us-west-2',
  max: 5_000,
  unit: 'sessions',
  kind: 'adjustable',
  note: '2,500 in other Regions',
};

export const AGENTCORE_NEW_SESSIONS: Quota = {
  ...LIMITS,
  id: 'ac.newsess',
  quantity: 'new sessions a second of an endpoint, direct code deployment',
  max: 25,
  unit: 'sessions/s',
  kind: 'adjustable',
  note: 'changed several times in 2026: another copy of the page says 25 a second for the account',
};

export const AGENTCORE_NEW_SESSIONS_CONTAINER: Quota = {
  ...LIMITS,
  id: 'ac.newsess.container',
  quantity: 'new sessions a minute of an endpoint, container deployment',
  max: 400,
  unit: 'sessions/min',
  kind: 'adjustable',
};

export const AGENTCORE_INVOKE_RATE: Quota = {
  ...LIMITS,
  id: 'ac.invoke',
  quantity: 'InvokeAgentRuntime of one agent',
  max: 200,
  unit: 'requests/s',
  kind: 'adjustable',
};

export const AGENTCORE_INSTANCES: Quota = {
  ...NOTES,
  id: 'ac.instances',
  quantity: 'session of the Instances compute type',
  min: 60,
  max: 1_209_600,
  unit: 's',
  kind: 'hard',
  note: 'EC2 in the own account, GPUs, x86_64 and arm64, up to 20 agents in a session; 9 Regions',
};
