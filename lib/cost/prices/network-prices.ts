import { type PriceSource, pricesOf } from './define-price';

const page = (service: string, source: string): PriceSource => ({ service, source, checkedOn: '2026-08-21', confidence: 'secondary' });

const VPC = pricesOf('us-east-1', page('VPC', 'https://aws.amazon.com/vpc/pricing/'), {
  'vpc.nat-gateway.hours': { item: 'NAT gateway', unit: 'h', usd: 0.045 },
  'vpc.nat-gateway.data': { item: 'data processed by a NAT gateway', unit: 'GB', usd: 0.045 },
  'vpc.public-ipv4': { item: 'public IPv4 address', unit: 'h', usd: 0.005, checkedOn: '2026-10-01' },
});

const PRIVATELINK = pricesOf('us-east-1', page('PrivateLink', 'https://aws.amazon.com/privatelink/pricing/'), {
  'vpc.interface-endpoint.hours': {
    item: 'interface endpoint in one availability zone',
    unit: 'h',
    usd: 0.01,
    note: 'gateway endpoints of S3 and DynamoDB cost nothing',
  },
  'vpc.interface-endpoint.data': {
    item: 'data processed by interface endpoints',
    unit: 'GB',
    usd: [{ upTo: 1_048_576, usd: 0.01 }, { upTo: 5_242_880, usd: 0.006 }, { usd: 0.004 }],
    note: 'first PB, next 4 PB, the rest',
  },
});

const ALB = pricesOf('us-east-1', page('Elastic Load Balancing', 'https://aws.amazon.com/elasticloadbalancing/pricing/'), {
  'alb.hours': { item: 'application load balancer', unit: 'h', usd: 0.0225 },
  'alb.lcu': { item: 'load balancer capacity units', unit: 'LCU-h', usd: 0.008 },
});

/** USD an hour by GB. */
const CACHE_HOURS: Readonly<Record<string, number>> = {
  '0.5': 0.02,
  '1.6': 0.038,
  '6.1': 0.2,
  '13.5': 0.25,
  '28.4': 0.5,
  '58.2': 1,
  '118': 1.9,
  '237': 3.8,
};

const API_GATEWAY = pricesOf('us-east-1', page('API Gateway', 'https://aws.amazon.com/api-gateway/pricing/'), {
  'api-gateway.rest': {
    item: 'calls of REST APIs',
    unit: 'request',
    usd: [{ upTo: 333e6, usd: 3.5e-6 }, { upTo: 1e9, usd: 2.8e-6 }, { upTo: 20e9, usd: 2.38e-6 }, { usd: 1.51e-6 }],
  },
  'api-gateway.http': {
    item: 'calls of HTTP APIs',
    unit: 'request',
    usd: [{ upTo: 300e6, usd: 1e-6 }, { usd: 0.9e-6 }],
    note: 'each 512 KB of a payload are a request',
  },
  'api-gateway.websocket.messages': {
    item: 'messages of WebSocket APIs',
    unit: 'message',
    usd: [{ upTo: 1e9, usd: 1e-6 }, { usd: 0.8e-6 }],
    note: 'each 32 KB of a message are one',
  },
  ...Object.fromEntries(
    Object.entries(CACHE_HOURS).map(([size, usd]) => [`api-gateway.cache.${size}`, { item: `cache of ${size} GB`, unit: 'h', usd }]),
  ),
  'api-gateway.websocket.minutes': { item: 'connections of WebSocket APIs', unit: 'minute', usd: 0.25e-6 },
});

export const NETWORK_PRICES = [...VPC, ...PRIVATELINK, ...ALB, ...API_GATEWAY];
