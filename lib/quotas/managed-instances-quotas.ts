import type { Quota } from './quota';

export const LMI_TIMEOUT_SYNC: Quota = {
  id: 'lmi.timeout.sync',
  quantity: 'timeout of a synchronous invocation',
  max: 900,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const LMI_TIMEOUT_ASYNC: Quota = {
  id: 'lmi.timeout.async',
  quantity: 'timeout of asynchronous invocations and event source mappings',
  max: 5400,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  note: 'except Amazon MQ and DocumentDB',
};

export const LMI_MEMORY: Quota = {
  id: 'lmi.memory',
  quantity: 'memory per environment',
  min: 2048,
  max: 32_768,
  unit: 'MB',
  kind: 'hard',
  source: 'https://github.com/aws/agent-toolkit-for-aws',
  checkedOn: '2026-08-20',
};
