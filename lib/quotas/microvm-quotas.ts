import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'Lambda MicroVMs',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const PRICING: QuotaPage = {
  platform: 'Lambda MicroVMs',
  source: 'https://aws.amazon.com/lambda/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const API: QuotaPage = {
  platform: 'Lambda MicroVMs',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const MICROVM_DURATION: Quota = {
  ...LIMITS,
  id: 'microvm.duration',
  quantity: 'lifetime of a MicroVM',
  min: 1,
  max: 28_800,
  unit: 's',
  kind: 'hard',
  note: 'suspending keeps memory and disk',
};

export const MICROVM_IDLE: Quota = {
  ...API,
  id: 'microvm.idle',
  quantity: 'idle time before a MicroVM is suspended',
  min: 60,
  unit: 's',
  kind: 'configurable',
};

export const MICROVM_MEMORY: Quota = {
  ...PRICING,
  id: 'microvm.mem',
  quantity: 'memory of a MicroVM',
  max: 32,
  unit: 'GB',
  kind: 'hard',
  note: '2 GB for each vCPU as baseline, bursts to four times; arm64 only',
};

export const MICROVM_VCPUS: Quota = {
  ...PRICING,
  id: 'microvm.vcpu',
  quantity: 'vCPUs of a MicroVM',
  min: 1,
  max: 16,
  unit: 'vCPU',
  kind: 'hard',
};

export const MICROVM_TOTAL_MEMORY: Quota = {
  ...LIMITS,
  id: 'microvm.quota',
  quantity: 'memory of all MicroVMs of an account in us-east-1',
  max: 1_024,
  unit: 'GB',
  kind: 'adjustable',
  note: 'as in us-west-2, us-east-2 and ap-northeast-1; 400 elsewhere; bursts to four times; lower in new accounts',
};

export const MICROVM_RUN_RATE: Quota = {
  ...LIMITS,
  id: 'microvm.run',
  quantity: 'RunMicrovm',
  max: 5,
  unit: 'requests/s',
  kind: 'adjustable',
  note: 'resume 5, suspend 2, terminate 10',
};

export const MICROVM_CONNECTIONS: Quota = {
  ...LIMITS,
  id: 'microvm.conn',
  quantity: 'connections to a MicroVM at once, for each vCPU',
  max: 8,
  unit: 'connections',
  kind: 'hard',
};

export const MICROVM_REQUESTS: Quota = {
  ...LIMITS,
  id: 'microvm.rps',
  quantity: 'requests per second to a MicroVM',
  min: 40,
  max: 160,
  unit: 'requests/s',
  kind: 'hard',
  note: '40 with 4 vCPUs and 8 GB, 160 with 16 vCPUs and 32 GB',
};
