import { BASE_MEBIBYTES, neededMemory } from '../images/model-sizing';
import { LAMBDA_MEMORY, LAMBDA_MEMORY_NEW_ACCOUNT, LAMBDA_MEMORY_PER_VCPU } from '../quotas/lambda-quotas';

export { neededMemory, neededTemporaryStorage } from '../images/model-sizing';

const COMFORTABLE_FACTOR = 2;

/**
 * Memory for a model: at least one vCPU, twice the weights where that fits an account that AWS has not raised yet, and beyond that
 * only what the weights need.
 */
export function defaultMemory(modelMebibytes: number): number {
  const comfortable = Math.ceil(BASE_MEBIBYTES + modelMebibytes * COMFORTABLE_FACTOR);
  const small = Math.min(comfortable, LAMBDA_MEMORY_NEW_ACCOUNT.max!);
  return Math.min(LAMBDA_MEMORY.max!, Math.max(LAMBDA_MEMORY_PER_VCPU.max!, small, neededMemory(modelMebibytes)));
}
