import { SFN_INLINE_MAP_CONCURRENCY } from '../quotas/step-functions-quotas';
import { checkQuota, type Findings } from '../validation/check-quota';
import { type Footprint, footprint, sum, times } from './footprint';
import { CONTAINER_STATE_EVENTS, ITERATION_EVENTS, STATE_EVENTS } from './history-events';
import { bodyOf, checkExpression, expression, literal } from './jsonata-expression';
import { footprintOf, renderScope } from './sequence';
import { variable } from './step-identity';
import { goOn, JSONATA, type NestedSteps, type RenderContext, type RenderedStates, type StepNode, type StepScope } from './step-node';

/** Items that the history estimate takes for a map that does not state how many it may have. */
export const ASSUMED_ITEMS = SFN_INLINE_MAP_CONCURRENCY.max as number;

export interface MapOptions {
  readonly items: string;
  readonly maxItems?: number;
  readonly maxConcurrency?: number;
}

export class MapStep implements StepNode {
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];
  readonly nested: readonly NestedSteps[];

  constructor(
    readonly id: string,
    private readonly options: MapOptions,
    private readonly steps: readonly StepNode[],
  ) {
    this.stateNames = [id, itemStateOf(id)];
    this.nested = [{ label: 'steps', steps, sameScope: false }];
  }

  check(findings: Findings): void {
    const { items, maxItems, maxConcurrency } = this.options;
    const step = `step ${JSON.stringify(this.id)}`;
    checkItems(findings, step, items);
    checkCount(findings, `${step} maxItems`, maxItems);
    checkCount(findings, `${step} maxConcurrency`, maxConcurrency);
    checkQuota(findings, `${step} maxConcurrency`, maxConcurrency, SFN_INLINE_MAP_CONCURRENCY, 'use WorkflowStep.distributedMap for more');
  }

  footprint(): Footprint {
    const { maxItems, maxConcurrency } = this.options;
    const items = maxItems ?? ASSUMED_ITEMS;
    const rounds = Math.ceil(items / (maxConcurrency ?? ASSUMED_ITEMS));
    const one = sum([footprint({ events: ITERATION_EVENTS + STATE_EVENTS }), footprintOf(this.steps)]);
    const own = footprint({ events: CONTAINER_STATE_EVENTS, assumedMaps: maxItems === undefined ? 1 : 0 });
    return { ...sum([own, times(one, items)]), seconds: rounds * one.seconds };
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const { items, maxItems, maxConcurrency } = this.options;
    const inner: StepScope = {
      ...scope,
      depth: scope.depth + 1,
      // The results of all items are joined to one payload; of an unknown number of items none may travel inline.
      maxInlineBytes: maxItems === undefined ? 0 : Math.floor(scope.maxInlineBytes / maxItems),
    };
    const path = variable('path', inner);
    const body = renderScope(
      this.steps,
      context,
      { ...inner, path: [`$${path}`] },
      {
        name: itemStateOf(this.id),
        assign: { [path]: expression('$states.input.path') },
        output: expression('$states.input.item'),
      },
    );
    const map = {
      Type: 'Map',
      ...JSONATA,
      Items: itemsOf(items, maxItems),
      // Inside an iteration the context knows the innermost index only, so the whole path travels inward with the item.
      ItemSelector: { path: itemPath(scope), item: expression('$states.context.Map.Item.Value') },
      MaxConcurrency: maxConcurrency ?? ASSUMED_ITEMS,
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: body.startAt, States: body.states },
      ...goOn(next),
    };
    return { startAt: this.id, states: { [this.id]: map } };
  }
}

export function itemStateOf(id: string): string {
  return `${id} item`;
}

/** Suffix of the ids of steps inside an iteration: what the scope around has, and the index. */
export function itemPath(scope: StepScope): string {
  return expression([...scope.path, '"["', '$string($states.context.Map.Item.Index)', '"]"'].join(' & '));
}

/** Nothing at all is not an empty list: a field that travels by claim check must not turn into a map that does nothing. */
const NO_ITEMS = 'items gave nothing; expose the field if it travels by claim check, or write [ ... ] where no item is fine';

/** A list even when the expression gives a single item, and no longer than promised: thresholds and quotas count on it. */
export function itemsOf(items: string, maxItems: number | undefined): string {
  const tooMany = `$error("more items than maxItems ${maxItems}: " & $string($count($list)))`;
  const checked = maxItems === undefined ? '$list' : `$count($list) <= ${maxItems} ? $list : ${tooMany}`;
  return expression(`($items := (${bodyOf(items)}); $list := $exists($items) ? [$items] : $error(${literal(NO_ITEMS)}); ${checked})`);
}

export function checkItems(findings: Findings, step: string, items: string | undefined): void {
  if (items === undefined || items.trim() === '') {
    findings.problems.push(`${step} needs items, got none; set a JSONata expression that gives a list`);
  } else checkExpression(findings, `${step} items`, items);
}

export function checkCount(findings: Findings, prop: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return;
  findings.problems.push(`${prop} must be a whole number of at least 1, got ${value}; raise it or leave it out`);
}
