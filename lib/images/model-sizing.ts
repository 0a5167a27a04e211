import { LAMBDA_EPHEMERAL_STORAGE } from '../quotas/lambda-quotas';

/** Runtime, handler and activations beside the weights; the sentiment model's process takes 150 MB with 8 MB of weights. */
export const BASE_MEBIBYTES = 256;
/** Weights as they lie in memory, and what a session allocates while it loads them. */
const NEEDED_FACTOR = 1.25;
/** Room in /tmp beside the weights: the handler's own files, and the download before it is renamed is the same file. */
const TEMPORARY_ROOM_MEBIBYTES = 128;

/** Memory without which the weights do not fit. */
export function neededMemory(modelMebibytes: number): number {
  return Math.ceil(BASE_MEBIBYTES + modelMebibytes * NEEDED_FACTOR);
}

/** MiB of /tmp for weights that are fetched. */
export function neededTemporaryStorage(modelMebibytes: number): number {
  return modelMebibytes === 0
    ? LAMBDA_EPHEMERAL_STORAGE.min!
    : Math.max(LAMBDA_EPHEMERAL_STORAGE.min!, Math.ceil(modelMebibytes + TEMPORARY_ROOM_MEBIBYTES));
}
