import type { Quota, QuotaPage } from './quota';

const REST: QuotaPage = {
  platform: 'Amazon API Gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const HTTP: QuotaPage = {
  platform: 'Amazon API Gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const WEBSOCKET: QuotaPage = {
  platform: 'Amazon API Gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const STREAMING: QuotaPage = {
  platform: 'Amazon API Gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const ACCOUNT: QuotaPage = {
  platform: 'Amazon API Gateway',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  checkedOn: '2026-10-01',
  confidence: 'secondary',
};

export const APIGW_REST_TIMEOUT: Quota = {
  ...REST,
  id: 'apigw.rest.timeout',
  quantity: 'integration timeout of a regional or private REST API',
  min: 0.05,
  max: 29,
  default: 29,
  unit: 's',
  kind: 'adjustable',
  note: 'raising it may cost throttle quota of the Region',
};

export const APIGW_REST_EDGE_TIMEOUT: Quota = {
  ...REST,
  id: 'apigw.rest.timeout.edge',
  quantity: 'integration timeout of an edge-optimised REST API',
  min: 0.05,
  max: 29,
  default: 29,
  unit: 's',
  kind: 'hard',
};

export const APIGW_REST_IDLE: Quota = {
  ...REST,
  id: 'apigw.rest.idle',
  quantity: 'idle connection of a REST API',
  max: 310,
  unit: 's',
  kind: 'hard',
};

export const APIGW_REST_STREAM: Quota = {
  ...STREAMING,
  id: 'apigw.rest.stream',
  quantity: 'streamed response of a REST API',
  max: 900,
  unit: 's',
  kind: 'hard',
  note: 'responseTransferMode STREAM, on any endpoint type',
};

export const APIGW_REST_STREAM_IDLE: Quota = {
  ...STREAMING,
  id: 'apigw.rest.stream.idle',
  quantity: 'pause within a streamed response of a regional or private REST API',
  max: 300,
  unit: 's',
  kind: 'hard',
};

export const APIGW_REST_STREAM_IDLE_EDGE: Quota = {
  ...STREAMING,
  id: 'apigw.rest.stream.idle.edge',
  quantity: 'pause within a streamed response of an edge-optimised REST API',
  max: 30,
  unit: 's',
  kind: 'hard',
};

export const APIGW_REST_STREAM_BANDWIDTH: Quota = {
  ...STREAMING,
  id: 'apigw.rest.stream.bandwidth',
  quantity: 'bandwidth of a streamed response after its first 10 MB',
  max: 2,
  unit: 'MB/s',
  kind: 'hard',
};

export const APIGW_HTTP_TIMEOUT: Quota = {
  ...HTTP,
  id: 'apigw.http.timeout',
  quantity: 'integration timeout of an HTTP API',
  min: 0.05,
  max: 30,
  default: 30,
  unit: 's',
  kind: 'hard',
};

export const APIGW_PAYLOAD: Quota = {
  ...HTTP,
  id: 'apigw.payload',
  quantity: 'payload of a REST or HTTP API',
  max: 10,
  unit: 'MB',
  kind: 'hard',
  note: 'in front of a Lambda function its 6 MB hold',
};

export const APIGW_AUTHORIZER_TIMEOUT: Quota = {
  ...HTTP,
  id: 'apigw.http.authorizer',
  quantity: 'answer of a Lambda authorizer of an HTTP API',
  max: 10,
  unit: 's',
  kind: 'hard',
};

export const APIGW_WEBSOCKET_TIMEOUT: Quota = {
  ...WEBSOCKET,
  id: 'apigw.ws.timeout',
  quantity: 'integration timeout of a WebSocket API',
  min: 0.05,
  max: 29,
  default: 29,
  unit: 's',
  kind: 'hard',
};

export const APIGW_WEBSOCKET_CONNECTION: Quota = {
  ...WEBSOCKET,
  id: 'apigw.ws.duration',
  quantity: 'connection of a WebSocket API',
  max: 7_200,
  unit: 's',
  kind: 'hard',
};

export const APIGW_WEBSOCKET_IDLE: Quota = {
  ...WEBSOCKET,
  id: 'apigw.ws.idle',
  quantity: 'idle connection of a WebSocket API',
  max: 600,
  unit: 's',
  kind: 'hard',
};

export const APIGW_WEBSOCKET_MESSAGE: Quota = {
  ...WEBSOCKET,
  id: 'apigw.ws.msg',
  quantity: 'message of a WebSocket API',
  max: 128,
  unit: 'KB',
  kind: 'hard',
  note: 'a larger one closes the connection with code 1009',
};

export const APIGW_WEBSOCKET_FRAME: Quota = {
  ...WEBSOCKET,
  id: 'apigw.ws.frame',
  quantity: 'frame of a WebSocket API',
  max: 32,
  unit: 'KB',
  kind: 'hard',
  note: 'longer messages are split into frames',
};

export const APIGW_WEBSOCKET_CONNECT_RATE: Quota = {
  ...WEBSOCKET,
  id: 'apigw.ws.connections',
  quantity: 'new connections of an account',
  max: 500,
  unit: 'connections/s',
  kind: 'adjustable',
};

export const APIGW_THROTTLE: Quota = {
  ...ACCOUNT,
  id: 'apigw.throttle',
  quantity: 'requests of an account',
  max: 10_000,
  unit: 'requests/s',
  kind: 'adjustable',
  note: 'lower in some Regions',
};

export const APIGW_BURST: Quota = {
  ...ACCOUNT,
  id: 'apigw.burst',
  quantity: 'burst of an account',
  max: 5_000,
  unit: 'requests',
  kind: 'adjustable',
  note: 'set by AWS, not by request',
};
