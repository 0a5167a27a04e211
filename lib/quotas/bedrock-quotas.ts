import type { Quota, QuotaPage } from './quota';

const GLOBAL: QuotaPage = {
  platform: 'Amazon Bedrock',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const API: QuotaPage = {
  platform: 'Amazon Bedrock',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const BEDROCK_OUTPUT_BURNDOWN: Quota = {
  ...GLOBAL,
  id: 'bedrock.burndown',
  quantity: 'quota tokens that one output token takes, of models that take more than one',
  min: 1,
  max: 5,
  default: 1,
  values: ['anthropic.claude-opus-4', 'anthropic.claude-sonnet-4-5', 'anthropic.claude-sonnet-4', 'anthropic.claude-3-7-sonnet'],
  unit: 'tokens',
  kind: 'hard',
  note: '1 for other models; input tokens, and those written to a cache, take one each; the quotas themselves depend on account, model and Region',
};

export const BEDROCK_REQUEST_BODY: Quota = {
  ...API,
  id: 'bedrock.body',
  quantity: 'body of InvokeModel',
  max: 25_000_000,
  unit: 'bytes',
  kind: 'hard',
};
