import { Duration, Size } from 'aws-cdk-lib/core';
import { CostModel } from '../../../../lib/cost/cost-model';
import { ServiceUsage } from '../../../../lib/cost/service-usage';
import { FargatePlatform } from '../../../../lib/cost/usage/container-usages';
import { CacheEngine } from '../../../../lib/cost/usage/data-usages';

const GB = Size.gibibytes(1);
const quantities = (usage: ServiceUsage) => CostModel.estimateUsage([usage]).lines.map(({ quantity }) => quantity);

test.each([
  [100, 64, 100, 64],
  [101, 65, 200, 128],
  [1, 1, 100, 64],
])('Express: %d ms and %d MB are billed as %d ms and %d MB', (ms, mib, billedMs, billedMib) => {
  const usage = { requests: 1, duration: Duration.millis(ms), memory: Size.mebibytes(mib) };
  expect(quantities(ServiceUsage.stepFunctionsExpress(usage))[1]).toBeCloseTo((billedMs / 1000) * (billedMib / 1024), 12);
});

test.each([
  [FargatePlatform.LINUX_X86_64, 1, 60],
  [FargatePlatform.LINUX_ARM64, 60.5, 61],
  [FargatePlatform.WINDOWS_X86_64, 60, 300],
])('Fargate on %s: %d s are billed as %d s', (platform, seconds, billed) => {
  const usage = { tasks: 1, duration: Duration.seconds(seconds), vCpus: 1, memory: GB, platform };
  expect(quantities(ServiceUsage.fargate(usage))[0]).toBe(billed);
});

test('Fargate: 20 GB of disk cost nothing, and Spot is cheaper', () => {
  const task = { tasks: 1, duration: Duration.hours(1), vCpus: 1, memory: GB };
  expect(quantities(ServiceUsage.fargate({ ...task, ephemeralStorage: Size.gibibytes(20) }))).toHaveLength(2);
  expect(quantities(ServiceUsage.fargate({ ...task, ephemeralStorage: Size.gibibytes(21) }))[2]).toBe(3600);
  const monthly = (usage: ServiceUsage) => CostModel.estimateUsage([usage]).monthly;
  const windows = { ...task, platform: FargatePlatform.WINDOWS_X86_64, spot: true };
  expect(() => ServiceUsage.fargate(windows)).toThrow('fargate.spot is for Linux only; leave it out for Windows');
  expect(monthly(ServiceUsage.fargate({ ...task, spot: true }))).toBeLessThan(monthly(ServiceUsage.fargate(task)) * 0.4);
});

test.each([
  [CacheEngine.VALKEY, 0, 0.1],
  [CacheEngine.VALKEY, 0.2, 0.2],
  [CacheEngine.REDIS_OSS, 0.2, 1],
  [CacheEngine.MEMCACHED, 2, 2],
])('ElastiCache Serverless %s: %d GB are billed as %d GB', (engine, storedGigabytes, billed) => {
  expect(quantities(ServiceUsage.elastiCacheServerless({ engine, storedGigabytes }))[0]).toBeCloseTo(billed * 730, 9);
});

test('the least caches and the standing parts of a VPC cost what is known of them', () => {
  const monthly = (usage: ServiceUsage) => CostModel.estimateUsage([usage]);
  const floors = [
    ServiceUsage.elastiCacheServerless(),
    ServiceUsage.elastiCacheServerless({ engine: CacheEngine.REDIS_OSS }),
    ServiceUsage.elastiCacheNodes({ nodeType: 'cache.t4g.micro', nodes: 1 }),
    ServiceUsage.natGateway(),
    ServiceUsage.loadBalancer(),
    ServiceUsage.interfaceEndpoint(),
    ServiceUsage.publicIpv4({ addresses: 1 }),
  ].map(monthly);
  expect(floors.map(({ idleFloor }) => Number(idleFloor.toFixed(3)))).toEqual([6.132, 91.25, 9.344, 32.85, 16.425, 7.3, 3.65]);
  expect(floors.every(({ monthly: all, idleFloor }) => all === idleFloor)).toBe(true);
});

test('AgentCore: the CPU is billed while it works, memory all the time and 128 MB at least', () => {
  const usage = { sessions: 1, duration: Duration.hours(1), vCpus: 1, memory: Size.mebibytes(64), activeCpuShare: 0.3 };
  expect(quantities(ServiceUsage.agentCore(usage))).toEqual([0.3, 0.125]);
  const one = ServiceUsage.agentCore({ ...usage, memory: Size.gibibytes(2) });
  expect(CostModel.estimateUsage([one]).monthly).toBeCloseTo(0.04575, 6);
});

test('SnapStart: a version is cached for 3 h at least', () => {
  const usage = { memory: GB, cachedTime: Duration.minutes(1), restores: 0 };
  expect(quantities(ServiceUsage.snapStart(usage))).toEqual([3 * 3600]);
});

test.each([
  [ServiceUsage.sqs({ requests: 1, payload: Size.kibibytes(65) }), 2],
  [ServiceUsage.sns({ requests: 1, payload: Size.kibibytes(64) }), 1],
  [ServiceUsage.eventBridge({ events: 1, payload: Size.kibibytes(129) }), 3],
  [ServiceUsage.httpApi({ requests: 1, payload: Size.kibibytes(513) }), 2],
  [ServiceUsage.webSocketApi({ messages: 1, payload: Size.kibibytes(33), connectionMinutes: 0 }), 2],
])('payloads count by their chunks (%#)', (usage, chunks) => {
  expect(quantities(usage)[0]).toBe(chunks);
});

test('Vercel: the plan costs no less than its usage is worth', () => {
  const usage = { duration: Duration.seconds(1), memory: GB };
  const monthly = (requests: number) => CostModel.estimateUsage([ServiceUsage.vercel({ requests, ...usage })]).monthly;
  expect(monthly(1000)).toBeCloseTo(20, 9);
  expect(monthly(10_000_000)).toBeCloseTo(10 * 0.6 + (1e7 / 3600) * (0.128 + 0.0106), 6);
});

test('Managed Instances: instances, a fee on their price, and requests', () => {
  const { lines } = CostModel.estimateUsage([ServiceUsage.managedInstances({ instanceType: 'm7g.xlarge', instances: 3, requests: 1e6 })]);
  const [ec2, fee, requests] = lines.map(({ amount }) => amount);
  expect(ec2).toBeCloseTo(3 * 730 * 0.1632, 9);
  expect(fee).toBeCloseTo(ec2! * 0.15, 9);
  expect(requests).toBeCloseTo(0.2, 9);
});

test('Managed Instances: a savings plan lowers the price of EC2, not the fee', () => {
  const usage = { instanceType: 'm7g.xlarge', instances: 3, requests: 0, discount: 0.4 };
  const [ec2, fee] = CostModel.estimateUsage([ServiceUsage.managedInstances(usage)]).lines.map(({ amount }) => amount);
  expect(ec2).toBeCloseTo(3 * 730 * 0.1632 * 0.6, 9);
  expect(fee).toBeCloseTo(3 * 730 * 0.1632 * 0.15, 9);
});
