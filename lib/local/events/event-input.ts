import type { RuleModel, RuleTarget } from '../assembly/event-models';
import type { BusEvent } from '../services/event-pattern';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/**
 * The part of an event that a path such as `$.detail.items[0].name` names; undefined when it is not there.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function valueAt(event: unknown, path: string): unknown {
  if (!path.startsWith('$')) throw new Error(`input path must begin with $, got ${path}`);
  const steps = [...path.slice(1).matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/g)];
  if (steps.map(([whole]) => whole).join('') !== path.slice(1)) throw new Error(`input path ${path} is none that the local run can follow`);
  return steps.reduce<unknown>((value, [, member, index, single, double]) => {
    const key = member ?? index ?? single ?? double ?? '';
    return isObject(value) ? value[key] : undefined;
  }, event);
}

/** What a target gets of an event: all of it, a part, a constant, or a text made of its parts. */
export function inputOf(event: BusEvent, rule: Pick<RuleModel, 'arn' | 'name'>, target: RuleTarget, now: number): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(valueAt(event, target.inputPath) ?? null);
  if (target.inputTransformer === undefined) return JSON.stringify(event);
  const { paths, template } = target.inputTransformer;
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': new Date(now).toISOString(),
    'aws.events.event': { ...event, detail: undefined },
    'aws.events.event.json': event,
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, valueAt(event, path)])),
  };
  return transformed(template, values);
}

/** Inside of quotes a value is text; outside it is JSON, so that a text brings its own quotes. */
function transformed(template: string, values: Readonly<Record<string, unknown>>): string {
  let result = '';
  let quoted = false;
  for (const [part] of template.matchAll(/\\.|"|<[\w.-]+>|[^"\\<]+|[\s\S]/g)) {
    const name = /^<([\w.-]+)>$/.exec(part)?.[1];
    if (name !== undefined && name in values) {
      result += quoted ? asText(values[name]) : (JSON.stringify(values[name]) ?? 'null');
      continue;
    }
    if (part === '"') quoted = !quoted;
    result += part;
  }
  return result;
}

/** Escaped for the quotes that it stands in. */
function asText(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}
