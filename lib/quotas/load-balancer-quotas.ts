import type { Quota, QuotaPage } from './quota';

const ATTRIBUTES: QuotaPage = {
  platform: 'Application Load Balancer',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

const LAMBDA: QuotaPage = {
  platform: 'Application Load Balancer',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const LIMITS: QuotaPage = {
  platform: 'Application Load Balancer',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const ALB_IDLE: Quota = {
  ...ATTRIBUTES,
  id: 'alb.idle',
  quantity: 'idle timeout',
  min: 1,
  max: 4_000,
  default: 60,
  unit: 's',
  kind: 'configurable',
  note: 'a PING of HTTP/2 does not reset it',
};

export const ALB_LAMBDA_BODY: Quota = {
  ...LAMBDA,
  id: 'alb.lambda.body',
  quantity: 'request body, and response JSON, of a Lambda target',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  note: 'no WebSocket to Lambda',
};

export const ALB_REQUEST_HEADERS: Quota = {
  ...LIMITS,
  id: 'alb.hdr',
  quantity: 'whole request header',
  max: 65_536,
  unit: 'bytes',
  kind: 'hard',
};

export const ALB_LAMBDA_TARGETS: Quota = {
  ...LIMITS,
  id: 'alb.lambda.targets',
  quantity: 'functions of a target group',
  max: 1,
  unit: 'functions',
  kind: 'hard',
};
