import type { Size } from 'aws-cdk-lib/core';
import { present, product } from '../draft-line';
import { kib } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo } from '../rounding';
import { duration, number, REQUIRED, type Service, size } from '../service';
import type { HttpApiUsage, RestApiUsage, WebSocketApiUsage } from '../usage/network-usages';
import { standingHours } from './month-time';

/** How often a payload counts where each `stepKib` of it count as one. */
export function chunks(payload: Size | undefined, stepKib: number): number {
  return payload === undefined ? 1 : Math.max(1, ceilTo(kib(payload), stepKib) / stepKib);
}

/** https://aws.amazon.com/api-gateway/pricing/ */
export const REST_API: Service<RestApiUsage> = {
  name: 'restApi',
  fields: { requests: number(REQUIRED), cacheGigabytes: number(), cacheTime: duration() },
  lines: ({ requests, cacheGigabytes = 0, cacheTime }, context) => [
    product('API Gateway REST calls', 'api-gateway.rest', [[requests, 'requests']]),
    ...(cacheGigabytes === 0
      ? []
      : [
          product(
            `API Gateway cache of ${cacheGigabytes} GB`,
            `api-gateway.cache.${cacheGigabytes}`,
            [[standingHours(cacheTime, context), 'h']],
            {
              idle: true,
            },
          ),
        ]),
  ],
};

/** https://aws.amazon.com/api-gateway/pricing/ */
export const HTTP_API: Service<HttpApiUsage> = {
  name: 'httpApi',
  fields: { requests: number(REQUIRED), payload: size() },
  lines: ({ requests, payload }) => [
    product('API Gateway HTTP calls', 'api-gateway.http', [
      [requests, 'requests'],
      [chunks(payload, BILLING.apiGateway.httpStepKib), 'x 512 KB'],
    ]),
  ],
};

/** https://aws.amazon.com/api-gateway/pricing/ */
export const WEBSOCKET_API: Service<WebSocketApiUsage> = {
  name: 'webSocketApi',
  fields: { messages: number(REQUIRED), payload: size(), connectionMinutes: number(REQUIRED) },
  lines: ({ messages, payload, connectionMinutes }) => [
    product('API Gateway WebSocket messages', 'api-gateway.websocket.messages', [
      [messages, 'messages'],
      [chunks(payload, BILLING.apiGateway.webSocketStepKib), 'x 32 KB'],
    ]),
    ...present([product('API Gateway WebSocket connections', 'api-gateway.websocket.minutes', [[connectionMinutes, 'minutes']])]),
  ],
};
