import { LAMBDA_EPHEMERAL_STORAGE, LAMBDA_MEMORY } from '../../quotas/lambda-quotas';
import type { DraftLine, UsageContext } from '../draft-line';
import { CpuArchitecture } from '../estimate-options';
import { gib, kib, milliseconds, seconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo, count } from '../rounding';
import { choice, duration, flag, number, REQUIRED, type Service, size } from '../service';
import type { LambdaUsage } from '../usage/lambda-usages';

const MS = 1000;
const HOUR = 3600;

function billedSeconds({ duration: time, averaged = false }: LambdaUsage): number {
  return (averaged ? milliseconds(time) : ceilTo(milliseconds(time), BILLING.lambda.stepMs)) / MS;
}

/** An asynchronous payload counts as more requests when it is large. */
function requestsPerCall({ asyncPayload }: LambdaUsage): number {
  const { asyncFreeKib, asyncStepKib } = BILLING.lambda;
  const over = asyncPayload === undefined ? 0 : Math.max(0, kib(asyncPayload) - asyncFreeKib);
  return 1 + ceilTo(over, asyncStepKib) / asyncStepKib;
}

function requestLine(usage: LambdaUsage): DraftLine {
  const each = requestsPerCall(usage);
  const formula = each === 1 ? `${count(usage.requests)} requests` : `${count(usage.requests)} requests x ${each} for their payload`;
  return { item: 'Lambda requests', formula, quantity: usage.requests * each, price: 'lambda.requests' };
}

function durationLine(usage: LambdaUsage, arch: CpuArchitecture): DraftLine {
  const each = billedSeconds(usage);
  const memory = gib(usage.memory);
  const provisioned = (usage.provisionedConcurrency ?? 0) > 0;
  return {
    item: `Lambda duration${provisioned ? ' under provisioned concurrency' : ''} (${arch})`,
    formula: `${count(usage.requests)} requests x ${count(each)} s x ${count(memory)} GB`,
    quantity: usage.requests * each * memory,
    price: provisioned ? `lambda.provisioned-duration.${arch}` : `lambda.duration.${arch}`,
  };
}

function initLines({ coldStarts = 0, initDuration, memory, ...usage }: LambdaUsage, arch: CpuArchitecture): DraftLine[] {
  // Environments under provisioned concurrency start before they are asked, and are billed by their own price from then on.
  if (coldStarts === 0 || initDuration === undefined || (usage.provisionedConcurrency ?? 0) > 0) return [];
  const each = ceilTo(milliseconds(initDuration), BILLING.lambda.stepMs) / MS;
  return [
    {
      item: `Lambda init (${arch})`,
      formula: `${count(coldStarts)} starts x ${count(each)} s x ${count(gib(memory))} GB`,
      quantity: coldStarts * each * gib(memory),
      price: `lambda.duration.${arch}`,
    },
  ];
}

function provisionedLines(usage: LambdaUsage, arch: CpuArchitecture, monthHours: number): DraftLine[] {
  const { provisionedConcurrency = 0, provisionedTime } = usage;
  if (provisionedConcurrency === 0) return [];
  const time = provisionedTime === undefined ? monthHours * HOUR : ceilTo(seconds(provisionedTime), BILLING.lambda.provisionedStepS);
  return [
    {
      item: `Lambda provisioned concurrency (${arch})`,
      formula: `${count(provisionedConcurrency)} environments x ${count(time)} s x ${count(gib(usage.memory))} GB`,
      quantity: provisionedConcurrency * time * gib(usage.memory),
      price: `lambda.provisioned.${arch}`,
      idle: true,
    },
  ];
}

function storageLines(usage: LambdaUsage): DraftLine[] {
  const free = (LAMBDA_EPHEMERAL_STORAGE.min ?? 0) / 1024;
  const over = usage.ephemeralStorage === undefined ? 0 : Math.max(0, gib(usage.ephemeralStorage) - free);
  if (over === 0) return [];
  const each = billedSeconds(usage);
  return [
    {
      item: 'Lambda ephemeral storage',
      formula: `${count(usage.requests)} requests x ${count(each)} s x ${count(over)} GB above ${count(free)} GB`,
      quantity: usage.requests * each * over,
      price: 'lambda.ephemeral-storage',
    },
  ];
}

function streamLines({ requests, streamedResponse }: LambdaUsage): DraftLine[] {
  const free = BILLING.lambda.streamFreeMib / 1024;
  const over = streamedResponse === undefined ? 0 : Math.max(0, gib(streamedResponse) - free);
  if (over === 0) return [];
  return [
    {
      item: 'Lambda response streaming',
      formula: `${count(requests)} requests x ${count(over)} GB beyond ${BILLING.lambda.streamFreeMib} MB`,
      quantity: requests * over,
      price: 'lambda.streamed',
    },
  ];
}

/** https://aws.amazon.com/lambda/pricing/ */
export const LAMBDA: Service<LambdaUsage> = {
  name: 'lambda',
  fields: {
    requests: number(REQUIRED),
    duration: duration(REQUIRED),
    memory: size({ ...REQUIRED, min: LAMBDA_MEMORY.min!, max: LAMBDA_MEMORY.max! }),
    averaged: flag(),
    architecture: choice(Object.values(CpuArchitecture)),
    coldStarts: number(),
    initDuration: duration(),
    ephemeralStorage: size({ min: LAMBDA_EPHEMERAL_STORAGE.min!, max: LAMBDA_EPHEMERAL_STORAGE.max! }),
    asyncPayload: size(),
    streamedResponse: size(),
    provisionedConcurrency: number(),
    provisionedTime: duration(),
  },
  lines(usage: LambdaUsage, { monthHours }: UsageContext): DraftLine[] {
    const arch = usage.architecture ?? CpuArchitecture.X86_64;
    return [
      requestLine(usage),
      durationLine(usage, arch),
      ...initLines(usage, arch),
      ...provisionedLines(usage, arch, monthHours),
      ...storageLines(usage),
      ...streamLines(usage),
    ];
  },
};
