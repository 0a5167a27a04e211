const HALF = 16;
const TRUE_HASH = 1231;
const FALSE_HASH = 1237;

/**
 * The distinct values of a list in the order in which a java.util.HashSet gives them, which is the order that
 * States.ArrayUnique was seen to answer in: by hash code first, by place in the list where those fall together.
 */
export function distinctInHashOrder(values: readonly unknown[], same: (left: unknown, right: unknown) => boolean): unknown[] {
  const distinct = values.filter((value, index) => values.findIndex((other) => same(other, value)) === index);
  let buckets = HALF;
  while (distinct.length > buckets * 0.75) buckets *= 2;
  const place = (value: unknown) => {
    const hash = hashCode(value);
    return (hash ^ (hash >>> HALF)) & (buckets - 1);
  };
  return distinct
    .map((value) => ({ value, at: place(value) }))
    .sort((left, right) => left.at - right.at)
    .map(({ value }) => value);
}

/** hashCode() of the value that stands for a JSON value in Java: String, Integer, Long, Double, Boolean, List, Map or null. */
function hashCode(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'boolean') return value ? TRUE_HASH : FALSE_HASH;
  if (typeof value === 'number') return hashOfNumber(value);
  if (typeof value === 'string') return hashOfText(value);
  if (Array.isArray(value)) return value.reduce<number>((hash, item) => (Math.imul(31, hash) + hashCode(item)) | 0, 1);
  return Object.entries(value).reduce((sum, [key, item]) => (sum + (hashOfText(key) ^ hashCode(item))) | 0, 0);
}

function hashOfText(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

function hashOfNumber(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value | 0;
  const bits = new DataView(new ArrayBuffer(8));
  if (Number.isInteger(value)) bits.setBigInt64(0, BigInt.asIntN(64, BigInt(value)));
  else bits.setFloat64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}
