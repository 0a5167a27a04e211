import type { Rule } from '../rule';
import { LAMBDA_ASYNC_CONFIG_UNUSED_RULE } from './compute/lambda-async-config-unused';
import { LAMBDA_ASYNC_FAILURE_RULE } from './compute/lambda-async-failure';
import { LAMBDA_ENVIRONMENT_SIZE_RULE } from './compute/lambda-environment-size';
import { LAMBDA_EPHEMERAL_STORAGE_RULE } from './compute/lambda-ephemeral-storage';
import { LAMBDA_IMAGE_ARCHITECTURE_RULE } from './compute/lambda-image-architecture';
import { LAMBDA_INFERENCE_DEFAULTS_RULE } from './compute/lambda-inference-defaults';
import { LAMBDA_KEEP_WARM_LATEST_RULE } from './compute/lambda-keep-warm-latest';
import { LAMBDA_KEEP_WARM_PROVISIONED_RULE } from './compute/lambda-keep-warm-provisioned';
import { LAMBDA_KEEP_WARM_SINGLE_RULE } from './compute/lambda-keep-warm-single';
import { LAMBDA_LAYERS_RULE } from './compute/lambda-layers';
import { LAMBDA_MANAGED_SYNCHRONOUS_RULE } from './compute/lambda-managed-synchronous';
import { LAMBDA_MEMORY_RULE } from './compute/lambda-memory';
import { LAMBDA_NO_LOG_GROUP_RULE } from './compute/lambda-no-log-group';
import { LAMBDA_PROVISIONED_LATEST_RULE } from './compute/lambda-provisioned-latest';
import { LAMBDA_PROVISIONED_OVER_RESERVED_RULE } from './compute/lambda-provisioned-over-reserved';
import { LAMBDA_RESERVED_SUM_RULE } from './compute/lambda-reserved-sum';
import { LAMBDA_RUNTIME_DEPRECATED_RULE } from './compute/lambda-runtime-deprecated';
import { LAMBDA_SNAPSTART_PROVISIONED_RULE } from './compute/lambda-snapstart-provisioned';
import { LAMBDA_SNAPSTART_RUNTIME_RULE } from './compute/lambda-snapstart-runtime';
import { LAMBDA_SNAPSTART_STORAGE_RULE } from './compute/lambda-snapstart-storage';
import { LAMBDA_SQS_CONCURRENCY_RULE } from './compute/lambda-sqs-concurrency';
import { LAMBDA_SQS_VISIBILITY_RULE } from './compute/lambda-sqs-visibility';
import { LAMBDA_STREAM_RUNTIME_RULE } from './compute/lambda-stream-runtime';
import { LAMBDA_STREAM_SOURCE_FAILURE_RULE } from './compute/lambda-stream-source-failure';
import { LAMBDA_STREAM_VPC_RULE } from './compute/lambda-stream-vpc';
import { LAMBDA_TIMEOUT_RULE } from './compute/lambda-timeout';
import { LOGS_NO_RETENTION_RULE } from './compute/logs-no-retention';
import { SQS_SOURCE_REDRIVE_RULE } from './compute/sqs-source-redrive';

/** Rules of functions: how they are built, how many run, who calls them, and what becomes of what fails. */
export const COMPUTE_RULES: readonly Rule[] = [
  LAMBDA_IMAGE_ARCHITECTURE_RULE,
  LAMBDA_INFERENCE_DEFAULTS_RULE,
  LAMBDA_MEMORY_RULE,
  LAMBDA_TIMEOUT_RULE,
  LAMBDA_MANAGED_SYNCHRONOUS_RULE,
  LAMBDA_EPHEMERAL_STORAGE_RULE,
  LAMBDA_ENVIRONMENT_SIZE_RULE,
  LAMBDA_LAYERS_RULE,
  LAMBDA_RUNTIME_DEPRECATED_RULE,
  LAMBDA_PROVISIONED_LATEST_RULE,
  LAMBDA_PROVISIONED_OVER_RESERVED_RULE,
  LAMBDA_RESERVED_SUM_RULE,
  LAMBDA_SNAPSTART_RUNTIME_RULE,
  LAMBDA_SNAPSTART_PROVISIONED_RULE,
  LAMBDA_SNAPSTART_STORAGE_RULE,
  LAMBDA_STREAM_RUNTIME_RULE,
  LAMBDA_STREAM_VPC_RULE,
  LAMBDA_SQS_CONCURRENCY_RULE,
  LAMBDA_SQS_VISIBILITY_RULE,
  LAMBDA_ASYNC_FAILURE_RULE,
  LAMBDA_ASYNC_CONFIG_UNUSED_RULE,
  LAMBDA_STREAM_SOURCE_FAILURE_RULE,
  SQS_SOURCE_REDRIVE_RULE,
  LAMBDA_NO_LOG_GROUP_RULE,
  LOGS_NO_RETENTION_RULE,
  LAMBDA_KEEP_WARM_LATEST_RULE,
  LAMBDA_KEEP_WARM_SINGLE_RULE,
  LAMBDA_KEEP_WARM_PROVISIONED_RULE,
];
