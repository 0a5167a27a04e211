import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Token } from 'aws-cdk-lib/core';
import { FARGATE_EPHEMERAL_STORAGE, FARGATE_VCPU_QUOTA } from '../quotas/fargate-quotas';
import { SQS_VISIBILITY } from '../quotas/sqs-quotas';
import { checkQuota, type Findings, noFindings, seconds } from '../validation/check-quota';
import { fargateSizeProblem } from '../validation/fargate-size';
import type { QueueWorkerServiceProps } from './queue-worker-service-props';

export const WORKER_DEFAULTS = {
  cpu: 1_024,
  memoryMib: 2_048,
  maxTasks: 4,
  backlogPerTask: 1,
  idleMinutes: 5,
  visibilitySeconds: 300,
} as const;

const CPU_UNITS_PER_VCPU = 1_024;
const SECONDS_PER_MINUTE = 60;
/** Below it a heartbeat that is a little late gives the message to a second worker. */
const SHORTEST_VISIBILITY_SECONDS = 30;
const INCLUDED_STORAGE_GIB = 20;

/** Everything about the props of a worker service that can be known at synth. */
export function checkWorkers(props: QueueWorkerServiceProps): Findings {
  const findings = noFindings();
  checkImage(findings, props);
  checkCapacity(findings, props);
  checkModels(findings, props);

  const visibility = seconds(props.visibilityTimeout);
  checkQuota(findings, 'visibilityTimeout', visibility, SQS_VISIBILITY, 'workers extend it while they work');
  if (visibility !== undefined && visibility < SHORTEST_VISIBILITY_SECONDS) {
    findings.problems.push(
      `visibilityTimeout must be at least ${SHORTEST_VISIBILITY_SECONDS} s, got ${visibility} s; workers extend it while they work`,
    );
  }
  const idle = seconds(props.idleTime);
  if (idle !== undefined && (idle < SECONDS_PER_MINUTE || idle % SECONDS_PER_MINUTE !== 0)) {
    findings.problems.push(`idleTime must be whole minutes of at least 1, got ${idle} s; the queue reports once a minute`);
  }
  if (
    props.ephemeralStorageGiB !== undefined &&
    props.ephemeralStorageGiB <= INCLUDED_STORAGE_GIB &&
    !Token.isUnresolved(props.ephemeralStorageGiB)
  ) {
    findings.problems.push(
      `ephemeralStorageGiB must be more than the ${INCLUDED_STORAGE_GIB} GiB that are included, got ${props.ephemeralStorageGiB}; leave it out`,
    );
  }
  checkQuota(findings, 'ephemeralStorageGiB', props.ephemeralStorageGiB, { ...FARGATE_EPHEMERAL_STORAGE, min: undefined }, 'use a volume');
  return findings;
}

function checkImage(findings: Findings, { image, imageDirectory }: QueueWorkerServiceProps): void {
  if ((image === undefined) === (imageDirectory === undefined)) {
    findings.problems.push('exactly one of image and imageDirectory must be given');
    return;
  }
  if (imageDirectory !== undefined && !existsSync(join(imageDirectory, 'Dockerfile'))) {
    findings.problems.push(`imageDirectory ${resolve(imageDirectory)} has no Dockerfile; build it first, or correct the path`);
  }
}

function checkModels(findings: Findings, { models = [], network }: QueueWorkerServiceProps): void {
  findings.problems.push(...models.flatMap((model) => model._problems()));
  if (network.hasInternetEgress) return;
  for (const { _internetUrl: url } of models) {
    if (url === undefined) continue;
    findings.problems.push(
      `models: ${Token.isUnresolved(url) ? 'the endpoint' : url} is out of reach for workers without a route to the internet; ` +
        'give the network a NAT gateway (natGateways: 1), or call the model from a function outside the VPC',
    );
  }
}

function checkCapacity(findings: Findings, props: QueueWorkerServiceProps): void {
  const cpu = props.cpu ?? WORKER_DEFAULTS.cpu;
  const size = fargateSizeProblem(cpu, props.memoryLimitMiB ?? WORKER_DEFAULTS.memoryMib);
  if (size !== undefined) findings.problems.push(size);
  const maxTasks = props.maxTasks ?? WORKER_DEFAULTS.maxTasks;
  for (const [prop, value] of [
    ['maxTasks', maxTasks],
    ['backlogPerTask', props.backlogPerTask ?? WORKER_DEFAULTS.backlogPerTask],
  ] as const) {
    if (!Token.isUnresolved(value) && (!Number.isInteger(value) || value < 1)) {
      findings.problems.push(`${prop} must be a whole number of at least 1, got ${value}`);
    }
  }
  if (Token.isUnresolved(cpu) || Token.isUnresolved(maxTasks)) return;
  checkQuota(findings, 'vCPU of all tasks', (cpu * maxTasks) / CPU_UNITS_PER_VCPU, FARGATE_VCPU_QUOTA, 'ask for a higher quota first');
}
