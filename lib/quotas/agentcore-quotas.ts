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
