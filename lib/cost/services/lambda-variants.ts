import { present, product } from '../draft-line';
import { gib, hours, milliseconds, seconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo } from '../rounding';
import { choice, duration, number, REQUIRED, type Service, share, size, text } from '../service';
import {
  type DurableUsage,
  EventSourceKind,
  type EventSourceProvisionedUsage,
  type LambdaEdgeUsage,
  type ManagedInstancesUsage,
  type MicroVmUsage,
  type SnapStartUsage,
  type TenantIsolationUsage,
} from '../usage/lambda-usages';
import { discounted } from './discounted';
import { standingHours } from './month-time';

// Source of every rule here: https://aws.amazon.com/lambda/pricing/

const HOUR = 3600;
const IDLE = { idle: true } as const;

export const LAMBDA_EDGE: Service<LambdaEdgeUsage> = {
  name: 'lambdaEdge',
  fields: { requests: number(REQUIRED), duration: duration(REQUIRED), memory: size({ min: 128, max: 10_240 }) },
  lines: ({ requests, duration: time, memory }) => [
    product('Lambda@Edge requests', 'lambda-edge.requests', [[requests, 'requests']]),
    product('Lambda@Edge duration', 'lambda-edge.duration', [
      [requests, 'requests'],
      [ceilTo(milliseconds(time), BILLING.lambda.stepMs) / 1000, 's'],
      [memory === undefined ? BILLING.edge.memoryMib / 1024 : gib(memory), 'GB'],
    ]),
  ],
};

export const SNAP_START: Service<SnapStartUsage> = {
  name: 'snapStart',
  fields: { memory: size(REQUIRED), versions: number(), cachedTime: duration(), restores: number(REQUIRED) },
  lines({ memory, versions = 1, cachedTime, restores }, { monthHours }) {
    const cached = Math.max(BILLING.lambda.snapStartMinimumS, cachedTime === undefined ? monthHours * HOUR : seconds(cachedTime));
    return [
      product(
        'SnapStart cache',
        'lambda.snapstart.cache',
        [
          [versions, 'versions'],
          [cached, 's'],
          [gib(memory), 'GB'],
        ],
        IDLE,
      ),
      ...present([
        product('SnapStart restores', 'lambda.snapstart.restore', [
          [restores, 'restores'],
          [gib(memory), 'GB'],
        ]),
      ]),
    ];
  },
};

export const DURABLE: Service<DurableUsage> = {
  name: 'durable',
  fields: {
    executions: number(REQUIRED),
    operationsPerExecution: number(REQUIRED),
    gigabytesWritten: number(),
    runningTime: duration(),
    retention: duration(),
  },
  lines({ executions, operationsPerExecution, gigabytesWritten = 0, runningTime, retention }, { monthHours }) {
    const kept = [runningTime, retention].reduce((total, time) => total + (time === undefined ? 0 : hours(time)), 0) / monthHours;
    return [
      product('durable operations', 'lambda.durable.operations', [
        [executions, 'executions'],
        [operationsPerExecution, 'operations'],
      ]),
      ...present([
        product('durable data written', 'lambda.durable.written', [[gigabytesWritten, 'GB']]),
        product('durable data retained', 'lambda.durable.retained', [
          [gigabytesWritten, 'GB'],
          [kept, 'months'],
        ]),
      ]),
    ];
  },
};

export const MANAGED_INSTANCES: Service<ManagedInstancesUsage> = {
  name: 'managedInstances',
  fields: { instanceType: text(true), instances: number(REQUIRED), time: duration(), requests: number(REQUIRED), discount: share() },
  lines({ instanceType, instances, time, requests, discount = 0 }, context) {
    const standing = [
      [instances, 'instances'],
      [standingHours(time, context), 'h'],
    ] as const;
    const ec2 = `ec2.${instanceType}`;
    return [
      product(`Managed Instances, EC2 ${instanceType}`, ec2, [...standing, ...discounted(discount)], IDLE),
      product('Managed Instances, management fee', 'lambda.managed-instances.fee', standing, { ...IDLE, valuedAt: ec2 }),
      product('Lambda requests', 'lambda.requests', [[requests, 'requests']]),
    ];
  },
};

export const MICRO_VM: Service<MicroVmUsage> = {
  name: 'microVm',
  fields: {
    launches: number(REQUIRED),
    duration: duration(REQUIRED),
    vCpus: number(REQUIRED),
    memory: size(REQUIRED),
    imageGigabytes: number(),
    storedGigabytes: number(),
    suspensions: number(),
    snapshotGigabytes: number(),
  },
  lines({ launches, duration: time, vCpus, memory, imageGigabytes = 0, storedGigabytes = 0, suspensions = 0, snapshotGigabytes }) {
    const snapshot = snapshotGigabytes ?? gib(memory);
    const run = [
      [launches, 'MicroVMs'],
      [seconds(time), 's'],
    ] as const;
    return present([
      product('MicroVM vCPU', 'lambda.microvm.vcpu', [...run, [vCpus, 'vCPU']]),
      product('MicroVM memory', 'lambda.microvm.memory', [...run, [gib(memory), 'GB']]),
      product('MicroVM image read', 'lambda.microvm.snapshot-read', [
        [launches, 'launches'],
        [imageGigabytes, 'GB'],
      ]),
      product('MicroVM snapshot written', 'lambda.microvm.snapshot-write', [
        [suspensions, 'suspensions'],
        [snapshot, 'GB'],
      ]),
      product('MicroVM snapshot read', 'lambda.microvm.snapshot-read', [
        [suspensions, 'resumptions'],
        [snapshot, 'GB'],
      ]),
      product('MicroVM image and snapshot storage', 'lambda.microvm.snapshot-storage', [[storedGigabytes, 'GB-months']], IDLE),
    ]);
  },
};

export const EVENT_SOURCE_PROVISIONED: Service<EventSourceProvisionedUsage> = {
  name: 'eventSourceProvisioned',
  fields: { source: choice(Object.values(EventSourceKind), true), pollerHours: number(REQUIRED) },
  lines: ({ source, pollerHours }) => [product(`event pollers (${source})`, `lambda.poller.${source}`, [[pollerHours, 'EPU-h']], IDLE)],
};

export const TENANT_ISOLATION: Service<TenantIsolationUsage> = {
  name: 'tenantIsolation',
  fields: { environments: number(REQUIRED), memory: size(REQUIRED) },
  lines: ({ environments, memory }) => [
    product('tenant isolation', 'lambda.tenant-isolation', [
      [environments, 'environments'],
      [gib(memory), 'GB'],
    ]),
  ],
};
