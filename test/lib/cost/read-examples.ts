import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CostModel } from '../../../lib/cost/cost-model';
import type { Estimate } from '../../../lib/cost/estimate';
import type { EstimateOptions } from '../../../lib/cost/estimate-options';
import { readUsages } from '../../../lib/cost/read-usage';

export interface PricingExample {
  readonly file: string;
  readonly id: string;
  readonly source: string;
  readonly says: string;
  readonly options: EstimateOptions;
  readonly usages: readonly object[];
  /** What the source says of its parts: sums of the lines whose item begins so. */
  readonly parts: readonly { readonly lines: readonly string[]; readonly amount: number }[];
  readonly total: number;
  /** What is in circulation instead of the total. */
  readonly published?: number;
}

const FOLDER = join(__dirname, '../../fixtures/pricing-examples');

export const EXAMPLES: readonly PricingExample[] = readdirSync(FOLDER).flatMap((file) =>
  (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Omit<PricingExample, 'file'>[]).map((example) => ({ ...example, file })),
);

export function estimated({ usages, options }: PricingExample, more: EstimateOptions = {}): Estimate {
  return CostModel.estimateUsage([...readUsages({ usages }).usages], { ...options, ...more });
}
