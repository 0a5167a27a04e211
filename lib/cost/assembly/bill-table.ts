import type { Biller } from './bill';
import { CONTAINER_BILLS } from './bills/container-bills';
import { DATA_BILLS } from './bills/data-bills';
import { FUNCTION_BILLS } from './bills/function-bills';
import { MESSAGE_BILLS } from './bills/message-bills';
import { NETWORK_BILLS } from './bills/network-bills';
import { OPERATION_BILLS } from './bills/operation-bills';

/** How each type of resource is billed. */
export const BILLS: Readonly<Record<string, Biller>> = {
  ...FUNCTION_BILLS,
  ...CONTAINER_BILLS,
  ...NETWORK_BILLS,
  ...DATA_BILLS,
  ...MESSAGE_BILLS,
  ...OPERATION_BILLS,
};
