import { type PriceEntry, type PriceSource, pricesOf } from './define-price';

/** Expected bills of a public tool, computed with the AWS Price List, agree with each of them. */
const page = (service: string, source: string): PriceSource => ({ service, source, checkedOn: '2026-08-21', confidence: 'secondary' });

const LOAD_BALANCING = pricesOf('us-east-1', page('Elastic Load Balancing', 'https://aws.amazon.com/elasticloadbalancing/pricing/'), {
  'nlb.hours': { item: 'network load balancer', unit: 'h', usd: 0.0225 },
  'nlb.lcu': { item: 'network load balancer capacity units', unit: 'LCU-h', usd: 0.006 },
  'gateway-load-balancer.hours': { item: 'gateway load balancer', unit: 'h', usd: 0.0125, confidence: 'from memory' },
  'classic-load-balancer.hours': { item: 'classic load balancer', unit: 'h', usd: 0.025, confidence: 'from memory' },
});

const NETWORKS = pricesOf('us-east-1', page('VPC', 'https://aws.amazon.com/vpc/pricing/'), {
  'transit-gateway.attachments': { item: 'attachment of a transit gateway', unit: 'h', usd: 0.05 },
  'vpn.connections': { item: 'site-to-site VPN connection', unit: 'h', usd: 0.05 },
});

const EDGE = [
  ...pricesOf('us-east-1', page('Route 53', 'https://aws.amazon.com/route53/pricing/'), {
    'route53.zones': { item: 'hosted zones', unit: 'zone-month', usd: [{ upTo: 25, usd: 0.5 }, { usd: 0.1 }] },
  }),
  ...pricesOf('us-east-1', page('WAF', 'https://aws.amazon.com/waf/pricing/'), {
    'waf.acls': { item: 'web ACLs', unit: 'ACL-month', usd: 5 },
    'waf.rules': { item: 'rules and rule groups of web ACLs', unit: 'rule-month', usd: 1 },
    'waf.requests': { item: 'requests inspected', unit: 'request', usd: 0.6e-6 },
  }),
];

const STREAMS = [
  ...pricesOf('us-east-1', page('Kinesis Data Streams', 'https://aws.amazon.com/kinesis/data-streams/pricing/'), {
    'kinesis.shards': { item: 'shard of a provisioned stream', unit: 'h', usd: 0.015 },
    'kinesis.on-demand': { item: 'stream on demand', unit: 'h', usd: 0.04 },
  }),
  ...pricesOf('us-east-1', page('EventBridge', 'https://aws.amazon.com/eventbridge/pricing/'), {
    'eventbridge.pipes': {
      item: 'requests of pipes, each 64 KB of a payload one',
      unit: 'request',
      usd: 0.4e-6,
      confidence: 'from memory',
    },
  }),
];

const CLUSTERS = [
  ...pricesOf('us-east-1', page('EKS', 'https://aws.amazon.com/eks/pricing/'), {
    'eks.clusters': { item: 'cluster in standard support', unit: 'h', usd: 0.1 },
  }),
  ...pricesOf('us-east-1', page('OpenSearch Serverless', 'https://aws.amazon.com/opensearch-service/pricing/'), {
    'opensearch-serverless.ocu': { item: 'compute units of collections', unit: 'OCU-h', usd: 0.24 },
  }),
  ...pricesOf('us-east-1', page('CloudWatch', 'https://aws.amazon.com/cloudwatch/pricing/'), {
    'cloudwatch.composite-alarms': { item: 'composite alarms', unit: 'alarm-month', usd: 0.5, confidence: 'from memory' },
    'cloudwatch.canary-runs': { item: 'runs of canaries', unit: 'run', usd: 0.0012, confidence: 'from memory' },
  }),
];

const VOLUME_TYPES: Readonly<Record<string, number>> = {
  gp3: 0.08,
  gp2: 0.1,
  io1: 0.125,
  io2: 0.125,
  st1: 0.045,
  sc1: 0.015,
  standard: 0.05,
};

const VOLUMES = pricesOf(
  'us-east-1',
  page('EBS', 'https://aws.amazon.com/ebs/pricing/'),
  Object.fromEntries(
    Object.entries(VOLUME_TYPES).map(([type, usd]) => [`ebs.${type}`, { item: `volumes of type ${type}`, unit: 'GB-month', usd }]),
  ),
);

/** USD an hour by engine and instance class, in one zone. */
const DATABASE_HOURS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  mysql: { 'db.t3.large': 0.136, 'db.m5.large': 0.171 },
  mariadb: { 'db.t3.large': 0.136 },
  postgres: { 'db.t3.large': 0.145 },
  'aurora-mysql': { 'db.t3.medium': 0.082, 'db.t3.large': 0.164 },
  'aurora-postgresql': { 'db.t3.large': 0.164 },
};

const databaseEntry = (engine: string, type: string, usd: number): [string, PriceEntry] => [
  `rds.${engine}.${type}`,
  { item: `${type} (${engine})`, unit: 'h', usd },
];

const DATABASES = pricesOf('us-east-1', page('RDS', 'https://aws.amazon.com/rds/pricing/'), {
  ...Object.fromEntries(
    Object.entries(DATABASE_HOURS).flatMap(([engine, types]) =>
      Object.entries(types).map(([type, usd]) => databaseEntry(engine, type, usd)),
    ),
  ),
  'rds.storage.gp2': { item: 'storage of instances (gp2)', unit: 'GB-month', usd: 0.115 },
  'rds.storage.gp3': { item: 'storage of instances (gp3)', unit: 'GB-month', usd: 0.115 },
  'rds.storage.io1': { item: 'storage of instances (io1)', unit: 'GB-month', usd: 0.125 },
});

/** What stands in an assembly and is due by the hour or the month, used or not. */
export const STANDING_PRICES = [...LOAD_BALANCING, ...NETWORKS, ...EDGE, ...STREAMS, ...CLUSTERS, ...VOLUMES, ...DATABASES];
