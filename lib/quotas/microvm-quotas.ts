import type { Quota } from './quota';

export const MICROVM_DURATION: Quota = {
  id: 'microvm.duration',
  quantity: 'lifetime of a MicroVM',
  max: 28_800,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
};

export const MICROVM_MEMORY: Quota = {
  id: 'microvm.mem',
  quantity: 'memory of a MicroVM',
  max: 32,
  unit: 'GB',
  kind: 'hard',
  source: 'https://aws.amazon.com/lambda/pricing/',
  checkedOn: '2026-11-24',
  note: '2 GB for each vCPU as the baseline, bursts to 4 times; arm64 only',
};

export const MICROVM_TOTAL_MEMORY: Quota = {
  id: 'microvm.quota',
  quantity: 'memory of all MicroVMs (us-east-1)',
  max: 1024,
  unit: 'GB',
  kind: 'adjustable',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  note: '400 GB in other Regions',
};
