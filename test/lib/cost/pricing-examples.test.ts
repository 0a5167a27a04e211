import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sum } from '../../../lib/cost/price-lines';
import { US_EAST_1 } from '../../../lib/cost/prices/us-east-1';
import { toCents } from '../../../lib/cost/rounding';
import { EXAMPLES, estimated, type PricingExample } from './read-examples';

const withSource = EXAMPLES.filter(({ file }) => !file.startsWith('without-source') && !file.startsWith('wrong'));

function partOf(example: PricingExample, prefixes: readonly string[]): number {
  const { lines } = estimated(example);
  const matching = lines.filter(({ item }) => prefixes.some((prefix) => item.startsWith(prefix)));
  expect(matching.length).toBeGreaterThan(0);
  return sum(matching.map(({ amount }) => amount));
}

test.each(EXAMPLES.map((example) => [example.id, example] as const))('%s comes out to the cent', (_id, example) => {
  const { monthly } = estimated(example);
  expect(toCents(monthly)).toBe(example.total);
  for (const { lines, amount } of example.parts) expect({ lines, amount: toCents(partOf(example, lines)) }).toEqual({ lines, amount });
});

test('there are as many examples as the shared list has, each with its source', () => {
  expect(withSource.length).toBeGreaterThan(40);
  expect(withSource.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
  expect(new Set(EXAMPLES.map(({ id }) => id)).size).toBe(EXAMPLES.length);
});

test('totals in circulation that are wrong are not ours', () => {
  const wrong = EXAMPLES.filter(({ published }) => published !== undefined);
  expect(wrong.map((example) => Math.abs(estimated(example).monthly - example.published!) > 0.5)).toEqual(wrong.map(() => true));
});

test('a unit price that is 1 % higher moves the total in proportion', () => {
  const dearer = US_EAST_1.map(({ id, tiers }) => ({ id, tiers: tiers.map((tier) => ({ ...tier, usd: tier.usd * 1.01 })) }));
  const prices = dearer.filter(({ tiers }) => tiers.every(({ usd }) => usd >= 0));
  for (const example of EXAMPLES) {
    const fee = sum(
      estimated(example)
        .lines.filter(({ unit }) => unit.startsWith('USD'))
        .map(({ amount }) => amount),
    );
    const { monthly } = estimated(example);
    // The fee on EC2 is a share of a price that is dearer as well.
    expect(estimated(example, { prices }).monthly / (monthly * 1.01 + fee * 1.01 * 0.01)).toBeCloseTo(1, 10);
  }
});

test('a dearer price of one service moves its own lines only', () => {
  const example = EXAMPLES.find(({ usages }) => usages.length === 1 && (usages[0] as { service: string }).service === 'lambda')!;
  const usd = US_EAST_1.find(({ id }) => id === 'lambda.requests')!.tiers[0]!.usd;
  const before = estimated(example);
  const after = estimated(example, { prices: [{ id: 'lambda.requests', usd: usd * 1.01 }] });
  const requests = (lines: typeof before.lines) => lines.find(({ item }) => item === 'Lambda requests')!.amount;
  expect(after.monthly - before.monthly).toBeCloseTo(requests(before.lines) * 0.01, 10);
  expect(requests(after.lines)).toBeCloseTo(requests(before.lines) * 1.01, 10);
});

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

test('no id and no total of an example stands in the library', () => {
  const text = files(join(__dirname, '../../../lib/cost'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  // A total below 10 USD, or a round one, may be a price; the others are telling.
  const numbers = (total: number) => (total > 10 && total % 1 !== 0 ? [total.toFixed(2), String(total)] : []);
  // S3 is the name of a service as well.
  const ids = EXAMPLES.map(({ id }) => id).filter((id) => id !== 'S3');
  const telling = [...ids.map((id) => `'${id}'`), ...EXAMPLES.flatMap(({ total }) => numbers(total))];
  expect(telling.length).toBeGreaterThan(EXAMPLES.length);
  expect(telling.filter((word) => text.includes(word))).toEqual([]);
});

test('the table of ours and the published ones', () => {
  const rows = EXAMPLES.map((example) => {
    const { id, total, published = total, source } = example;
    return `${id.padEnd(7)} ${published.toFixed(2).padStart(12)} ${toCents(estimated(example).monthly).toFixed(2).padStart(12)}  ${source || '-'}`;
  });
  const table = [`${'id'.padEnd(7)} ${'published'.padStart(12)} ${'ours'.padStart(12)}  source`, ...rows].join('\n');
  process.stdout.write(`${table}\n`);
  expect(rows).toHaveLength(EXAMPLES.length);
});
