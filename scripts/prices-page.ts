import type { Price } from '../lib/cost/price';
import { US_EAST_1 } from '../lib/cost/prices/us-east-1';

/** `0.0000166667`: prices are small, and an exponent is hard to read. */
const usd = (value: number) => Number(value.toPrecision(8)).toLocaleString('en-US', { maximumFractionDigits: 16 });
const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('en-US'));

function tiers({ tiers: steps }: Price): string {
  return steps.map((tier) => (tier.upTo === undefined ? usd(tier.usd) : `${usd(tier.usd)} to ${number(tier.upTo)}`)).join(', then ');
}

function row(price: Price): string {
  const { id, item, unit, freePerMonth, source, checkedOn, staleAfter, confidence, note } = price;
  const what = note === undefined ? item : `${item} (${note})`;
  return `| \`${id}\` | ${what} | ${tiers(price)} | ${unit} | ${number(freePerMonth)} | ${confidence} | [${checkedOn}](${source}) | ${staleAfter} |`;
}

function section(service: string): string {
  const prices = US_EAST_1.filter((price) => price.service === service);
  const regions = [...new Set(prices.map(({ region }) => region))].join(', ');
  return `## ${service}

Prices of ${regions}.

| id | what | USD | for one | free a month | confidence | read | holds until |
| --- | --- | --- | --- | ---: | --- | --- | --- |
${prices.map(row).join('\n')}
`;
}

/** docs/prices.md, from lib/cost/prices. */
export function pricesPage(): string {
  const services = [...new Set(US_EAST_1.map(({ service }) => service))];
  return `# Prices

Generated from lib/cost/prices. A price that changes with the amount lists its steps with the amount of a month up to which each holds.
What is free a month counts where the option \`freeTier\` (\`--free-tier\`) is on. Confirmed is what the provider's own page says, secondary
what others transcribed or measured; what is from memory is to be checked before it decides anything. Replace any of them with prices of
your own, under the same id: the option \`prices\`, or \`serverless-ai estimate --prices FILE\`.

${services.map(section).join('\n')}`;
}
