import { SFN_RETRY_ATTEMPTS } from '../../../../quotas/step-functions-quotas';
import type { StateNode } from '../../../../template/state-machine';
import { itemsOf, MapValue, numberOf } from '../../../../template/value';

/** An entry of a state's Retry list. */
export interface Retrier {
  readonly errors: readonly string[];
  /** Undefined where the definition does not let it be known. */
  readonly attempts: number | undefined;
  readonly jitter: boolean;
  readonly fields: MapValue;
}

export function retriersOf({ state }: StateNode): Retrier[] {
  return itemsOf(state.get('Retry')).flatMap((fields) => (fields instanceof MapValue ? [retrierOf(fields)] : []));
}

function retrierOf(fields: MapValue): Retrier {
  const attempts = fields.get('MaxAttempts');
  return {
    errors: itemsOf(fields.get('ErrorEquals')).filter((name) => typeof name === 'string'),
    attempts: attempts === undefined ? SFN_RETRY_ATTEMPTS.default : numberOf(attempts),
    jitter: fields.get('JitterStrategy') === 'FULL',
    fields,
  };
}

/** The retrier that takes an error: the first one that matches, as Step Functions looks for it. */
export function retrierFor(node: StateNode, matches: (error: string) => boolean): Retrier | undefined {
  return retriersOf(node).find(({ errors }) => errors.some(matches));
}
