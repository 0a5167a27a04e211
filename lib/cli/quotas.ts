import { parseArgs } from 'node:util';
import type { Quota } from '../quotas/quota';
import { QUOTA_TABLE } from '../quotas/quota-table';
import { staleAfter } from '../quotas/stale-after';
import type { Command } from './command';
import { CommandError } from './command-error';
import { nearService, quotasOf, serviceNames } from './find-quotas';
import { line, type Output } from './output';
import { quotaReport } from './quota-report';

export interface QuotasResult {
  readonly quotas: readonly (Quota & { readonly staleAfter: string })[];
}

const USAGE = `[--service NAME] [--json]
    --service NAME  a platform or words of its name (lambda, "step functions"), or what ids begin with (lambda.stream)
    --json          prints {quotas: [{id, platform, quantity, min, max, default, values, unit, kind, source, checkedOn, staleAfter, confidence, note}]}`;

/** Shows the quotas that the constructs, the audit and the advisor hold things against. */
async function quotas(args: readonly string[], output: Output): Promise<QuotasResult> {
  const { values } = parseArgs({
    args: [...args],
    options: { service: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const chosen = values.service === undefined ? QUOTA_TABLE : named(values.service);
  if (!output.json) line(output.out, quotaReport(chosen, new Date().toISOString().slice(0, 10)));
  return { quotas: chosen.map((quota) => ({ ...quota, staleAfter: staleAfter(quota) })) };
}

function named(name: string): readonly Quota[] {
  const found = quotasOf(name, QUOTA_TABLE);
  if (found.length > 0) return found;
  const meant = nearService(name, QUOTA_TABLE);
  const { platforms, prefixes } = serviceNames(QUOTA_TABLE);
  const help = meant === undefined ? `there are ${platforms.join(', ')}` : `did you mean ${meant}`;
  const message = `--service ${JSON.stringify(name)} is neither a platform nor what an id begins with; ${help}`;
  throw new CommandError('Service', message, undefined, undefined, [...platforms, ...prefixes]);
}

export const QUOTAS: Command = {
  summary: 'shows the quotas of each platform, with their source, how sure they are and until when they hold',
  usage: USAGE,
  run: quotas,
};
