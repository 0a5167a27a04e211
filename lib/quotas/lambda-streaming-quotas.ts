import type { Quota, QuotaPage } from './quota';

const LIMITS: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const STREAMING: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const URLS: QuotaPage = {
  platform: 'AWS Lambda',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

export const LAMBDA_STREAM_BANDWIDTH: Quota = {
  ...LIMITS,
  id: 'lambda.stream.bandwidth',
  quantity: 'bandwidth of a streamed response after its first 6 MB',
  max: 2,
  unit: 'MB/s',
  kind: 'hard',
};

export const LAMBDA_STREAM_UNCAPPED: Quota = {
  ...LIMITS,
  id: 'lambda.stream.uncapped',
  quantity: 'start of a streamed response whose bandwidth is not capped',
  max: 6,
  unit: 'MB',
  kind: 'hard',
};

export const LAMBDA_STREAM_RUNTIMES: Quota = {
  ...STREAMING,
  id: 'lambda.stream.runtimes',
  quantity: 'managed runtimes that stream responses',
  values: ['Node.js'],
  unit: '-',
  kind: 'fact',
  note: 'others by a custom runtime or the Lambda Web Adapter; a function URL does not stream in a VPC',
};

export const LAMBDA_URL_TIMEOUT: Quota = {
  ...URLS,
  id: 'lambda.url.timeout',
  quantity: 'request to a function URL',
  max: 900,
  unit: 's',
  kind: 'hard',
  note: 'no timeout of its own is documented: that of the function',
};
