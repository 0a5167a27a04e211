import type { Price } from '../price';
import { COMPARISON_PRICES } from './comparison-prices';
import { CONTAINER_PRICES } from './container-prices';
import { DATA_PRICES } from './data-prices';
import { INSTANCE_PRICES } from './instance-prices';
import { LAMBDA_PRICES } from './lambda-prices';
import { MESSAGE_PRICES } from './message-prices';
import { MODEL_PRICES } from './model-prices';
import { NETWORK_PRICES } from './network-prices';
import { OPERATION_PRICES } from './operation-prices';
import { STANDING_PRICES } from './standing-prices';
import { WORKFLOW_PRICES } from './workflow-prices';

/** Every price of us-east-1, in the order of docs/prices.md. Those of other providers are their prices for the United States. */
export const US_EAST_1: readonly Price[] = [
  ...LAMBDA_PRICES,
  ...WORKFLOW_PRICES,
  ...CONTAINER_PRICES,
  ...INSTANCE_PRICES,
  ...MODEL_PRICES,
  ...NETWORK_PRICES,
  ...MESSAGE_PRICES,
  ...DATA_PRICES,
  ...OPERATION_PRICES,
  ...STANDING_PRICES,
  ...COMPARISON_PRICES,
];
