import { BASE_MEBIBYTES, neededMemory } from '../images/model-sizing';
import { LAMBDA_MEMORY, LAMBDA_MEMORY_NEW_ACCOUNT, LAMBDA_MEMORY_PER_VCPU, LAMBDA_TIMEOUT } from '../quotas/lambda-quotas';

const COMFORTABLE_FACTOR = 2;
/** Time for a request itself, with the start of a small model. */
const BASE_SECONDS = 60;
/** What a cold environment is taken to fetch and load of its weights in a second: an assumption on the slow side, since AWS states none. */
const MEBIBYTES_PER_SECOND = 40;

/**
 * Memory for a model: at least one vCPU, twice the weights where that fits an account that AWS has not raised yet, and beyond that
 * only what the weights need.
 */
export function defaultMemory(modelMebibytes: number): number {
  const comfortable = Math.ceil(BASE_MEBIBYTES + modelMebibytes * COMFORTABLE_FACTOR);
  const small = Math.min(comfortable, LAMBDA_MEMORY_NEW_ACCOUNT.max!);
  return Math.min(LAMBDA_MEMORY.max!, Math.max(LAMBDA_MEMORY_PER_VCPU.max!, small, neededMemory(modelMebibytes)));
}

/** Seconds in which a cold environment can load a model and answer. */
export function defaultTimeout(modelMebibytes: number): number {
  return Math.min(LAMBDA_TIMEOUT.max!, BASE_SECONDS + Math.floor(modelMebibytes / MEBIBYTES_PER_SECOND));
}
