import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { neededMemory, neededTemporaryStorage } from '../images/model-sizing';
import {
  LAMBDA_EPHEMERAL_STORAGE,
  LAMBDA_IMAGE_SIZE,
  LAMBDA_MEMORY,
  LAMBDA_MEMORY_NEW_ACCOUNT,
  LAMBDA_TIMEOUT,
} from '../quotas/lambda-quotas';
import { checkQuota, type Findings, mebibytes, noFindings, seconds } from '../validation/check-quota';
import type { ContainerInferenceFunctionProps } from './container-inference-function-props';
import { defaultMemory } from './model-sizing';

const MEBIBYTES_PER_GIBIBYTE = 1_024;

/** Everything about the props of an inference function that can be known at synth. */
export function checkInference(
  scope: IConstruct,
  props: ContainerInferenceFunctionProps & { readonly architecture: Architecture },
): Findings {
  const findings = noFindings();
  const environment = { ...props.model?._environment(), ...props.environment };
  props.image._check(findings, { scope, architecture: props.architecture, model: props.model, environment });
  props.model?._check(findings, props.image._directory);
  checkQuota(findings, 'timeout', seconds(props.timeout), LAMBDA_TIMEOUT, 'use QueueWorkerService for longer work');
  checkMemory(findings, props);
  checkTemporaryStorage(findings, props);
  if (props.vpc === undefined && (props.vpcSubnets !== undefined || props.securityGroups !== undefined)) {
    findings.problems.push('vpcSubnets and securityGroups need a vpc; pass vpc, or leave them out');
  }
  props.concurrency?._check(findings, props.reservedConcurrentExecutions);
  return findings;
}

function checkMemory(findings: Findings, props: ContainerInferenceFunctionProps): void {
  const model = (props.model?._mebibytes(props.image._directory) ?? 0) + props.image._modelMebibytes;
  const needed = neededMemory(model);
  const fetched = props.model?._temporaryMebibytes() ?? 0;
  if (fetched === 0) {
    checkQuota(findings, 'image with model', gibibytes(model), LAMBDA_IMAGE_SIZE, 'use a smaller or quantized model, or an ECS service');
  }
  if (needed > LAMBDA_MEMORY.max!) {
    findings.problems.push(
      `model of ${Math.ceil(model)} MiB needs at least ${needed} MB of memory, Lambda has at most ${LAMBDA_MEMORY.max}; use a quantized model, or QueueWorkerService`,
    );
    return;
  }
  checkQuota(findings, 'memorySize', props.memorySize, LAMBDA_MEMORY, 'use QueueWorkerService for more memory');
  if (props.memorySize !== undefined && !Token.isUnresolved(props.memorySize) && props.memorySize < needed && model > 0) {
    findings.problems.push(
      `memorySize must be at least ${needed} MB for a model of ${Math.ceil(model)} MiB, got ${props.memorySize} MB; leave it out to have it sized`,
    );
  }
  const memory = props.memorySize ?? defaultMemory(model);
  checkQuota(findings, 'memorySize', memory, LAMBDA_MEMORY_NEW_ACCOUNT, 'new accounts have to ask AWS for more');
}

function checkTemporaryStorage(findings: Findings, props: ContainerInferenceFunctionProps): void {
  const needed = neededTemporaryStorage(props.model?._temporaryMebibytes() ?? 0);
  if (needed > LAMBDA_EPHEMERAL_STORAGE.max!) {
    findings.problems.push(
      `model needs ${needed} MB of /tmp, Lambda has at most ${LAMBDA_EPHEMERAL_STORAGE.max}; bake it into the image, or use QueueWorkerService`,
    );
    return;
  }
  const given = mebibytes(props.ephemeralStorageSize);
  checkQuota(findings, 'ephemeralStorageSize', given, LAMBDA_EPHEMERAL_STORAGE, 'bake the model into the image');
  if (given !== undefined && given < needed && given >= LAMBDA_EPHEMERAL_STORAGE.min!) {
    findings.problems.push(
      `ephemeralStorageSize must be at least ${needed} MB for the model in S3, got ${given} MB; leave it out to have it sized`,
    );
  }
}

function gibibytes(value: number): number {
  return Number((value / MEBIBYTES_PER_GIBIBYTE).toFixed(2));
}
