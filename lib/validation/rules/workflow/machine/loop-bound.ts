import type { StateNode } from '../../../../template/state-machine';
import { ListValue, MapValue, render, type Value } from '../../../../template/value';

/** What counts: `States.MathAdd(...)`, `$round + 1`. */
const COUNTING = /States\.MathAdd|\$[\w.$]*\s*[+-]\s*\d|\d\s*[+-]\s*\$/;
/** What a Choice compares with a bound, whoever counts: a number, a deadline. */
const COMPARING = /^(Numeric|Timestamp)(Greater|Less)/;

/** Whether a state of a loop counts its rounds, or leaves the loop at a number or a time. */
export function bounds({ type, state }: StateNode): boolean {
  if (type === 'Choice') return compares(state.get('Choices'));
  return ['Assign', 'Parameters', 'Output', 'ResultSelector', 'Result'].some((field) => counts(state.get(field)));
}

function counts(value: Value | undefined): boolean {
  return value instanceof MapValue ? value.entries.some(([, entry]) => counts(entry)) : COUNTING.test(render(value));
}

function compares(value: Value | undefined): boolean {
  if (value instanceof ListValue) return value.items.some(compares);
  if (!(value instanceof MapValue)) return false;
  return value.entries.some(
    ([key, entry]) => COMPARING.test(key) || (key === 'Condition' && /[<>]/.test(render(entry))) || compares(entry),
  );
}
