const cache = new Map<string, RegExp>();

function compiled(pattern: string, flavour: string, make: () => RegExp): RegExp {
  const key = `${flavour} ${pattern}`;
  const known = cache.get(key) ?? make();
  cache.set(key, known);
  return known;
}

/** A text that stands for itself: made by the variables `${*}`, `${?}` and by values that take the place of a variable. */
const LITERAL = /\uE000([^\uE000]*)\uE000/g;

/** Marks `text` as literal inside of a pattern, whatever wildcards it holds. */
export function literal(text: string): string {
  return `\uE000${text}\uE000`;
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function translate(pattern: string, star: (atEndOfSegment: boolean) => string, one: string): string {
  let result = '';
  let from = 0;
  for (const found of pattern.matchAll(LITERAL)) {
    result += plain(pattern.slice(from, found.index), false);
    result += quoted(found[1] ?? '');
    from = found.index + found[0].length;
  }
  return result + plain(pattern.slice(from), true);

  function plain(text: string, isLast: boolean): string {
    let out = '';
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at]!;
      if (character === '*') out += star(text[at + 1] === ':' || (isLast && at === text.length - 1));
      else if (character === '?') out += one;
      else out += quoted(character);
    }
    return out;
  }
}

/** `*` is any text, `?` any one character. */
export function matchesText(pattern: string, value: string, { ignoreCase = false } = {}): boolean {
  if (pattern === '*') return true;
  const flags = ignoreCase ? 'is' : 's';
  return compiled(pattern, flags, () => new RegExp(`^${translate(pattern, () => '.*', '.')}$`, flags)).test(value);
}

/** Actions are compared without regard to case. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesText(pattern, action, { ignoreCase: true });
}

/**
 * A Resource element: wildcards stay within their segment of the ARN, but for one at the end of a segment, which reaches over the colons.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  const make = () => new RegExp(`^${translate(pattern, (atEnd) => (atEnd ? '.*' : '[^:]*'), '[^:]')}$`, 's');
  return compiled(pattern, 'resource', make).test(resource);
}

const ARN_PARTS = 6;

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

/**
 * An ARN in a condition: each of its six parts is compared on its own.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [patterns, values] = [partsOf(pattern), partsOf(arn)];
  if (patterns.length !== ARN_PARTS || values.length !== ARN_PARTS) return pattern === arn;
  return patterns.every((part, index) => matchesText(part, values[index]!));
}
