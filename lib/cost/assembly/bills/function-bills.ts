import { Duration, Size } from 'aws-cdk-lib/core';
import { LAMBDA_MEMORY } from '../../../quotas/lambda-quotas';
import { FUNCTION, functionOf } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { CpuArchitecture } from '../../estimate-options';
import { BILLING } from '../../prices/billing';
import { count } from '../../rounding';
import { LAMBDA } from '../../services/lambda';
import { DURABLE, EVENT_SOURCE_PROVISIONED, MANAGED_INSTANCES, SNAP_START } from '../../services/lambda-variants';
import { EventSourceKind, type LambdaUsage } from '../../usage/lambda-usages';
import type { ResourceLoad } from '../assembly-load';
import { type Bill, type Biller, IDLE, lineBill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';
import { scaledMinimum } from '../scaled-minimum';
import { edgeBill, runsAtTheEdge } from './edge-bill';
import { tokenBill } from './token-bill';

const SECONDS_PER_HOUR = 3600;
const NO_TIME = Duration.seconds(0);
/** What a function has whose template says nothing of it. */
const STANDARD_MEMORY_MIB = LAMBDA_MEMORY.default!;

type Calls = 'scheduled' | 'loaded';

/** Calls, provisioned concurrency, snapshots and durable operations of a function. */
export const functionBill: Biller = (fn, month) => {
  if (fn.get('CapacityProviderConfig') !== undefined) return managedBill(fn, month);
  const memory = fn.numberOr(STANDARD_MEMORY_MIB, 'MemorySize');
  if (memory === undefined) return noted(`${labelOf(fn)} is not counted: its memory is not known`);
  if (runsAtTheEdge(month.graph, fn)) return edgeBill(fn, memory, month);
  const usage = usageOf(fn, memory, month);
  return together(
    usage.provisionedConcurrency === 0 ? NOTHING : serviceBill(LAMBDA, fn, usage, month, { only: 'idle' }),
    callsBill(fn, usage, month, 'scheduled'),
    callsBill(fn, usage, month, 'loaded'),
    durableBill(fn, month),
    tokenBill(fn, month),
  );
};

function usageOf(fn: Resource, memory: number, { graph }: Month): LambdaUsage {
  const storage = fn.number('EphemeralStorage', 'Size');
  return {
    requests: 0,
    duration: NO_TIME,
    memory: Size.mebibytes(memory),
    ...(storage !== undefined && { ephemeralStorage: Size.mebibytes(storage) }),
    architecture: fn.list('Architectures')[0] === 'arm64' ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
    provisionedConcurrency: provisionedOf(graph, fn),
  };
}

/** What the load says of the calls of either kind; pings and timers start no environments and carry no payload to speak of. */
function factsOf(load: Partial<ResourceLoad>, calls: Calls): Partial<LambdaUsage> {
  const { duration, scheduledDuration = duration, coldStarts, initDuration, payload, streamedResponse } = load;
  if (calls === 'scheduled') return scheduledDuration === undefined ? {} : { duration: scheduledDuration };
  return {
    ...(duration && { duration }),
    ...(coldStarts !== undefined && { coldStarts }),
    ...(initDuration && { initDuration }),
    ...(payload && { asyncPayload: payload }),
    ...(streamedResponse && { streamedResponse }),
  };
}

function callsBill(fn: Resource, usage: LambdaUsage, month: Month, calls: Calls): Bill {
  const requests = month.flow(fn)[calls];
  if (requests === 0) return NOTHING;
  const facts = factsOf(month.load(fn), calls);
  const full: LambdaUsage = { ...usage, requests, averaged: true, ...facts };
  const ready = readyFor(full, month);
  const part = (share: number, provisionedConcurrency: number): Bill =>
    share === 0
      ? NOTHING
      : serviceBill(LAMBDA, fn, { ...full, requests: share, provisionedConcurrency }, month, {
          only: 'used',
          ...(calls === 'scheduled' && IDLE),
        });
  return together(
    part(ready, usage.provisionedConcurrency ?? 0),
    part(requests - ready, 0),
    facts.duration === undefined ? untimed(fn, calls) : NOTHING,
    ready === 0 ? NOTHING : answered(fn, ready, requests),
  );
}

function untimed(fn: Resource, calls: Calls): Bill {
  const [kind, field] = calls === 'scheduled' ? ['scheduled calls', 'scheduledDuration'] : ['calls', 'duration'];
  return noted(`the time of the ${kind} of ${labelOf(fn)} is not stated (${field}): only their number is counted`);
}

function answered(fn: Resource, ready: number, requests: number): Bill {
  const which = ready === requests ? 'all calls' : `${count(ready)} of ${count(requests)} calls, all that there is time for,`;
  return noted(`${which} of ${labelOf(fn)} are counted as answered by its provisioned environments`);
}

/** Calls that the provisioned environments can answer, were they never idle. */
function readyFor({ requests, duration, provisionedConcurrency = 0 }: LambdaUsage, { monthHours }: Month): number {
  const busy = requests * duration.toSeconds({ integral: false });
  const there = provisionedConcurrency * monthHours * SECONDS_PER_HOUR;
  if (provisionedConcurrency === 0) return 0;
  return busy <= there ? requests : (requests * there) / busy;
}

/** Environments that are kept ready under a function's versions and aliases, whatever is requested. */
function provisionedOf(graph: ResourceGraph, fn: Resource): number {
  return (qualifiersOf(graph).get(fn) ?? []).reduce((sum, qualifier) => {
    const stated = qualifier.number('ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions') ?? 0;
    return sum + (scaledMinimum(graph, qualifier, /ProvisionedConcurrency$/) ?? stated);
  }, 0);
}

const qualifiersOf = perGraph((graph): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const qualifier of graph.ofType('AWS::Lambda::Alias', 'AWS::Lambda::Version')) {
    const fn = functionOf(graph, qualifier);
    if (fn !== undefined) found.set(fn, [...(found.get(fn) ?? []), qualifier]);
  }
  return found;
});

/** Operations and data of durable executions. How long one runs is not known, so its data counts for the retention alone. */
function durableBill(fn: Resource, month: Month): Bill {
  const { loaded } = month.flow(fn);
  if (fn.get('DurableConfig') === undefined || loaded === 0) return NOTHING;
  const { operationsPerExecution, gigabytes = 0 } = month.load(fn);
  const once = noted(`each execution of ${labelOf(fn)} is counted as one call; what it resumes after a wait is one more`);
  if (operationsPerExecution === undefined)
    return together(once, noted(`durable operations of ${labelOf(fn)} are not counted: operationsPerExecution is not stated`));
  const days = fn.number('DurableConfig', 'RetentionPeriodInDays');
  const retention = days === undefined ? {} : { retention: Duration.days(days) };
  return together(
    once,
    serviceBill(DURABLE, fn, { executions: loaded, operationsPerExecution, gigabytesWritten: gigabytes, ...retention }, month),
  );
}

/** On Managed Instances a function costs its requests; the instances are its capacity provider's. */
function managedBill(fn: Resource, month: Month): Bill {
  const { scheduled, loaded } = month.flow(fn);
  return together(
    lineBill(fn, 'Lambda requests', 'lambda.requests', [[scheduled, 'scheduled requests']], IDLE),
    lineBill(fn, 'Lambda requests', 'lambda.requests', [[loaded, 'requests']]),
    tokenBill(fn, month),
  );
}

/** Three instances stand as soon as a version of a function is published. https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html */
const capacityProviderBill: Biller = (provider, month) => {
  const used = month.graph.ofType(FUNCTION).some((fn) => fn.references('CapacityProviderConfig').includes(provider));
  if (!used) return NOTHING;
  const allowed = provider.list('InstanceRequirements', 'AllowedInstanceTypes');
  const { instanceType = allowed.length === 1 && typeof allowed[0] === 'string' ? allowed[0] : undefined, running } = month.load(provider);
  if (instanceType === undefined)
    return noted(`the instances of ${labelOf(provider)} are not counted: Lambda chooses their type; state instanceType in the load`);
  const instances = running ?? BILLING.managedInstances.least;
  const bill = serviceBill(MANAGED_INSTANCES, provider, { instanceType, instances, requests: 0 }, month, { only: 'idle' });
  return running === undefined
    ? together(bill, noted(`${labelOf(provider)} runs ${instances} instances, the least that Lambda starts`))
    : bill;
};

/** Kept and restored snapshots of Python and .NET; those of Java cost nothing. */
const versionBill: Biller = (version, month) => {
  const fn = functionOf(month.graph, version);
  const kept = fn?.text('SnapStart', 'ApplyOn') === 'PublishedVersions' && /^(python|dotnet)/.test(fn.text('Runtime') ?? '');
  const memory = kept ? fn.numberOr(STANDARD_MEMORY_MIB, 'MemorySize') : undefined;
  if (fn === undefined || memory === undefined) return NOTHING;
  const usage = { memory: Size.mebibytes(memory), restores: month.load(fn).coldStarts ?? 0 };
  return serviceBill(SNAP_START, version, usage, month);
};

/** Least pollers: https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html */
const mappingBill: Biller = (mapping, month) => {
  if (mapping.boolean('Enabled') === false) return NOTHING;
  if (mapping.get('ProvisionedPollerConfig') === undefined) return emptyReceives(mapping);
  const kafka = mapping.get('Topics') !== undefined;
  const pollers = mapping.numberOr(
    kafka ? BILLING.eventPollers.leastKafka : BILLING.eventPollers.leastSqs,
    'ProvisionedPollerConfig',
    'MinimumPollers',
  );
  if (pollers === undefined) return noted(`the event pollers of ${labelOf(mapping)} are not counted: their number is not known`);
  const usage = { source: kafka ? EventSourceKind.KAFKA : EventSourceKind.SQS, pollerHours: pollers * month.monthHours };
  const bill = serviceBill(EVENT_SOURCE_PROVISIONED, mapping, usage, month);
  return kafka
    ? together(bill, noted(`each event poller of ${labelOf(mapping)} is counted as a unit of its own; several may share one`))
    : bill;
};

function emptyReceives(mapping: Resource): Bill {
  const queue = mapping.referent('EventSourceArn');
  return queue?.type === 'AWS::SQS::Queue'
    ? noted(`requests by which Lambda asks ${labelOf(queue)} for messages in vain are not counted`)
    : NOTHING;
}

export const FUNCTION_BILLS: Readonly<Record<string, Biller>> = {
  [FUNCTION]: functionBill,
  'AWS::Lambda::CapacityProvider': capacityProviderBill,
  'AWS::Lambda::Version': versionBill,
  'AWS::Lambda::EventSourceMapping': mappingBill,
};
