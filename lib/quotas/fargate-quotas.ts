import type { Quota } from './quota';

export const FARGATE_STOP_TIMEOUT: Quota = {
  id: 'fargate.stop',
  quantity: 'time between SIGTERM and SIGKILL',
  max: 120,
  default: 30,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  checkedOn: '2026-11-24',
};

export const FARGATE_EPHEMERAL_STORAGE: Quota = {
  id: 'fargate.disk',
  quantity: 'ephemeral storage',
  min: 20,
  max: 200,
  unit: 'GiB',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};
