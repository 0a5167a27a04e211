/** An event as EventBridge delivers it. */
export interface BusEvent {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** Whether an event fits a rule's pattern. An operator that EventBridge has not is an error, never a silent mismatch. */
export function matchesPattern(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, condition]) => {
    if (name === '$or') {
      if (!Array.isArray(condition)) throw new Error('event pattern: $or takes a list of patterns');
      return condition.some((alternative) => matchesPattern(alternative as JsonObject, event));
    }
    const value = event[name];
    if (Array.isArray(condition)) return condition.some((matcher) => matchesField(matcher, value, name in event));
    if (!isObject(condition)) throw new Error(`event pattern: ${name} must be a list or an object, got ${JSON.stringify(condition)}`);
    // An absent branch may still satisfy `exists: false` below it.
    if (Array.isArray(value)) return value.some((element) => matchesPattern(condition, isObject(element) ? element : {}));
    return matchesPattern(condition, isObject(value) ? value : {});
  });
}

/** A list in the event fits when one of its elements does. */
function matchesField(matcher: Json, value: Json, present: boolean): boolean {
  if (isObject(matcher) && 'exists' in matcher) return matcher['exists'] === (present && !isObject(value));
  if (!present) return false;
  const values = Array.isArray(value) ? value : [value];
  // `anything-but` must hold for every element: one that is named spoils the match.
  if (isObject(matcher) && 'anything-but' in matcher) return values.every((element) => matchesValue(matcher, element));
  return values.some((element) => matchesValue(matcher, element));
}

function matchesValue(matcher: Json, value: Json): boolean {
  if (!isObject(matcher)) return matcher === value;
  const [operator = '', ...more] = Object.keys(matcher);
  if (more.length > 0) throw new Error(`event pattern: one operator at a time, got ${Object.keys(matcher).join(', ')}`);
  const operand = matcher[operator];
  switch (operator) {
    case 'prefix':
      return affix(value, operand, (text, part) => text.startsWith(part));
    case 'suffix':
      return affix(value, operand, (text, part) => text.endsWith(part));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase();
    case 'wildcard':
      return typeof value === 'string' && wildcard(String(operand)).test(value);
    case 'numeric':
      return typeof value === 'number' && inRange(value, operand);
    case 'cidr':
      return typeof value === 'string' && inCidr(value, String(operand));
    case 'anything-but':
      return !anyOf(operand, value);
    default:
      throw new Error(`event pattern: unknown operator ${operator}`);
  }
}

/** The operand of anything-but: a value, a list of values, or another operator, which may itself take a list. */
function anyOf(operand: Json, value: Json): boolean {
  if (Array.isArray(operand)) return operand.some((matcher) => matchesValue(matcher, value));
  if (!isObject(operand)) return operand === value;
  return Object.entries(operand).some(([operator, operands]) =>
    (Array.isArray(operands) ? operands : [operands]).some((one) => matchesValue({ [operator]: one }, value)),
  );
}

function affix(value: Json, operand: Json, fits: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (isObject(operand)) return fits(value.toLowerCase(), String(operand['equals-ignore-case']).toLowerCase());
  return fits(value, String(operand));
}

function wildcard(pattern: string): RegExp {
  // A backslash makes the star after it an ordinary one.
  const parts = pattern
    .split(/(\\\*|\\\\|\*)/)
    .map((part) => (part === '*' ? '.*' : part.replace(/^\\(.)$/, '$1').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 's');
}

function inRange(value: number, operand: Json): boolean {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1)
    throw new Error('event pattern: numeric takes pairs of comparison and number');
  for (let i = 0; i < operand.length; i += 2) {
    const bound = Number(operand[i + 1]);
    switch (operand[i]) {
      case '=':
        if (value !== bound) return false;
        break;
      case '<':
        if (!(value < bound)) return false;
        break;
      case '<=':
        if (!(value <= bound)) return false;
        break;
      case '>':
        if (!(value > bound)) return false;
        break;
      case '>=':
        if (!(value >= bound)) return false;
        break;
      default:
        throw new Error(`event pattern: unknown comparison ${JSON.stringify(operand[i])}`);
    }
  }
  return true;
}

function inCidr(address: string, block: string): boolean {
  const [network = '', bits = '32'] = block.split('/');
  const mask = bits === '0' ? 0 : (~0 << (32 - Number(bits))) >>> 0;
  const [a, b] = [number(address), number(network)];
  return a !== undefined && b !== undefined && (a & mask) >>> 0 === (b & mask) >>> 0;
}

function number(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
