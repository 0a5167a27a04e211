import type { Resource } from '../../../template/resource';
import { MODEL_TOKENS } from '../../services/models';
import { type Bill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';

/** Tokens that the calls of a resource send to and get from a model, at the prices of the load. Pings of a schedule ask no model. */
export function tokenBill(resource: Resource, month: Month): Bill {
  const { inputTokens = 0, outputTokens = 0, inputPrice, outputPrice } = month.load(resource);
  const { scheduled, loaded } = month.flow(resource);
  if (inputTokens + outputTokens === 0) return NOTHING;
  const missing = [
    ...(inputTokens > 0 && inputPrice === undefined ? ['inputPrice'] : []),
    ...(outputTokens > 0 && outputPrice === undefined ? ['outputPrice'] : []),
  ];
  if (missing.length > 0)
    return noted(`the tokens of ${labelOf(resource)} are not counted: the load does not state ${missing.join(' and ')}`);
  const usage = { input: loaded * inputTokens, output: loaded * outputTokens, inputPrice: inputPrice ?? 0, outputPrice: outputPrice ?? 0 };
  const bill = serviceBill(MODEL_TOKENS, resource, usage, month);
  return scheduled === 0 ? bill : together(bill, noted(`tokens of the scheduled calls of ${labelOf(resource)} are not counted`));
}
