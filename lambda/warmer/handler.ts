import { randomUUID } from 'node:crypto';
import { Env } from '../contract/env';
import type { WarmingReport, WarmingTarget } from '../contract/warming';
import { log } from '../shared/logger';
import { readJsonEnv } from '../shared/read-env';
import { PingSender } from './invoke-ping';
import { metricLine } from './metrics';
import { warmAll } from './warm-target';

const targets = readJsonEnv<readonly WarmingTarget[]>(Env.warmingTargets);
const lags = new Map<string, number>();
const sender = new PingSender(targets.reduce((sum, target) => sum + target.environments, 0));

export const handler = async (): Promise<WarmingReport[]> => {
  // Lambda counts an invocation at its start; metrics that are compared with its own have to lie in the same minute.
  const timestamp = Date.now();
  const reports = await warmAll(targets, {
    prepare: () => sender.prepare(),
    ping: (target, id, holdUntil) => sender.ping(target, id, holdUntil),
    now: Date.now,
    newId: randomUUID,
    lags,
    onFailure: (target, reasons) =>
      log.warn('pings failed', { functionArn: target.functionArn, failed: reasons.length, reasons: [...new Set(reasons)] }),
  });
  // The line must stand alone in the log: the metric format is not read from inside another object.
  for (const report of reports) process.stdout.write(`${metricLine(report, timestamp)}\n`);
  return reports;
};
