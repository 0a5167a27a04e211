import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Size } from 'aws-cdk-lib/core';
import { type FleetComparison, FleetMechanism } from '../lib/fleet/fleet-result';
import { FleetSimulator } from '../lib/fleet/fleet-simulator';
import type { FleetWorkload } from '../lib/fleet/fleet-workload';
import { shareText } from '../lib/fleet/words';
import { type Traffic, TrafficShape } from '../lib/workload/workload-profile';

const FILE = join(__dirname, '..', 'docs', 'guides', 'cold-starts.md');
const [BEGIN, END] = ['<!-- simulated: begin -->', '<!-- simulated: end -->'];

/** The function of the table: the page says the same in words. */
export const FUNCTION: Omit<FleetWorkload, 'traffic'> = {
  init: Duration.seconds(3),
  duration: { typical: Duration.millis(80), worst: Duration.millis(200) },
  memory: Size.mebibytes(1769),
  runtime: 'python3.14',
  objective: { p99: Duration.millis(500) },
};

const TRAFFIC: readonly (readonly [says: string, traffic: Traffic])[] = [
  ['2,000 a month', { requestsPerMonth: 2_000 }],
  ['20,000 a month', { requestsPerMonth: 20_000 }],
  ['20,000 a month in 8 hours of the day', { requestsPerMonth: 20_000, activeHoursPerDay: 8 }],
  ['300,000 a month, half of them in bursts', { requestsPerMonth: 300_000, shape: TrafficShape.SPIKY }],
  ['3,000,000 a month', { requestsPerMonth: 3_000_000 }],
];

const COLUMNS: readonly (readonly [title: string, mechanism: FleetMechanism])[] = [
  ['nothing', FleetMechanism.NOTHING],
  ['pings', FleetMechanism.PING],
  ['provisioned', FleetMechanism.PROVISIONED],
  ['SnapStart', FleetMechanism.SNAP_START],
  ['Managed Instances', FleetMechanism.MANAGED_INSTANCES],
];

function cellOf({ results }: FleetComparison, mechanism: FleetMechanism): string {
  const result = results.find((other) => other.mechanism === mechanism)!;
  return `${result.meets === true ? '' : '✗ '}${shareText(result.coldShare)} · ${result.monthly.toFixed(2)}`;
}

function rowOf([says, traffic]: (typeof TRAFFIC)[number]): string {
  const comparison = FleetSimulator.compare({ ...FUNCTION, traffic }, { arrivals: 20_000 });
  const cells = COLUMNS.map(([, mechanism]) => cellOf(comparison, mechanism));
  return `| ${[says, ...cells, comparison.best?.plan ?? 'none'].join(' | ')} |`;
}

function table(): string {
  const titles = ['requests', ...COLUMNS.map(([title]) => title), 'the cheapest that keeps p99 under 500 ms'];
  const sides = titles.map((_, column) => (column === 0 || column === titles.length - 1 ? '---' : '---:'));
  return [`| ${titles.join(' | ')} |`, `| ${sides.join(' | ')} |`, ...TRAFFIC.map(rowOf)].join('\n');
}

/** The guide as it is written, with the table as it is simulated. */
export function coldStartsPage(): string {
  const page = readFileSync(FILE, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (before === undefined || after === undefined) throw new Error(`${FILE} must hold ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${table()}\n${END}${after}`;
}
