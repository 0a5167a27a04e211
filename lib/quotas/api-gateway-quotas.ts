import type { Quota } from './quota';

export const APIGW_REST_TIMEOUT: Quota = {
  id: 'apigw.rest.timeout',
  quantity: 'REST integration timeout',
  max: 29,
  unit: 's',
  kind: 'adjustable',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const APIGW_REST_STREAM: Quota = {
  id: 'apigw.rest.stream',
  quantity: 'REST response streaming (STREAM mode)',
  max: 900,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html',
  checkedOn: '2026-11-24',
};

export const APIGW_HTTP_TIMEOUT: Quota = {
  id: 'apigw.http.timeout',
  quantity: 'HTTP API integration timeout',
  max: 30,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
};

export const APIGW_PAYLOAD: Quota = {
  id: 'apigw.payload',
  quantity: 'REST and HTTP API payload',
  max: 10,
  unit: 'MB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  checkedOn: '2026-11-24',
};

export const APIGW_WEBSOCKET_MESSAGE: Quota = {
  id: 'apigw.ws.msg',
  quantity: 'WebSocket message',
  max: 128,
  unit: 'KB',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
  checkedOn: '2026-10-01',
  note: 'a frame 32 KB',
};

export const APIGW_WEBSOCKET_CONNECTION: Quota = {
  id: 'apigw.ws.duration',
  quantity: 'WebSocket connection',
  max: 7200,
  unit: 's',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
  checkedOn: '2026-10-01',
};
