import type { Rule } from '../rule';
import { LAMBDA_ENVIRONMENT_SIZE_RULE } from './compute/lambda-environment-size';
import { LAMBDA_EPHEMERAL_STORAGE_RULE } from './compute/lambda-ephemeral-storage';
import { LAMBDA_LAYERS_RULE } from './compute/lambda-layers';
import { LAMBDA_MEMORY_RULE } from './compute/lambda-memory';
import { LAMBDA_TIMEOUT_RULE } from './compute/lambda-timeout';

/** Rules of functions: how they are built, how many run, who calls them, and what becomes of what fails. */
export const COMPUTE_RULES: readonly Rule[] = [
  LAMBDA_MEMORY_RULE,
  LAMBDA_TIMEOUT_RULE,
  LAMBDA_EPHEMERAL_STORAGE_RULE,
  LAMBDA_ENVIRONMENT_SIZE_RULE,
  LAMBDA_LAYERS_RULE,
];
