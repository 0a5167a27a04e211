import { readFileSync } from 'node:fs';
import type { SystemLogs } from './function-spec';

const KIB_PER_MB = 1024;

/** How one invocation went, for its report. */
export interface InvocationReport {
  readonly requestId: string;
  readonly durationMs: number;
  /** Time of the init that this invocation waited for; undefined in an environment that was there. */
  readonly initMs?: number;
  readonly memoryMb: number;
  /** Peak of the process; undefined where the platform does not say. */
  readonly usedMb?: number;
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
}

const ms = (value: number) => `${value.toFixed(2)} ms`;

/** The lines that the service itself writes to a function's log, in its text or its JSON format. Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
export class PlatformLines {
  constructor(private readonly system: SystemLogs = { json: false, reports: true }) {}

  start(requestId: string, version: string): string[] {
    if (!this.system.reports) return [];
    if (this.system.json) return [this.json('platform.start', { requestId, version })];
    return [`START RequestId: ${requestId} Version: ${version}`];
  }

  /** Init counts as part of what is billed. */
  end(report: InvocationReport): string[] {
    if (!this.system.reports) return [];
    const { requestId, durationMs, initMs, memoryMb, usedMb, status, errorType } = report;
    const billedMs = Math.ceil(durationMs + (initMs ?? 0));
    if (this.system.json) {
      const metrics = {
        durationMs: rounded(durationMs),
        billedDurationMs: billedMs,
        memorySizeMB: memoryMb,
        ...(usedMb !== undefined && { maxMemoryUsedMB: usedMb }),
        ...(initMs !== undefined && { initDurationMs: rounded(initMs) }),
      };
      const record = { requestId, metrics, status: status === undefined ? 'success' : status === 'error' ? 'error' : 'timeout' };
      return [this.json('platform.report', { ...record, ...(errorType && { errorType }) })];
    }
    const fields = [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${ms(durationMs)}`,
      `Billed Duration: ${billedMs} ms`,
      `Memory Size: ${memoryMb} MB`,
      ...(usedMb === undefined ? [] : [`Max Memory Used: ${usedMb} MB`]),
      ...(initMs === undefined ? [] : [`Init Duration: ${ms(initMs)}`]),
      ...(status === undefined ? [] : [`Status: ${status}`]),
      ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
    ];
    return [`END RequestId: ${requestId}`, fields.join('\t')];
  }

  /** Init that failed or was too slow. */
  initEnded(durationMs: number, status: 'timeout' | 'error', errorType?: string): string {
    if (!this.system.json)
      return `INIT_REPORT Init Duration: ${ms(durationMs)}\tPhase: init\tStatus: ${status}${errorType ? `\tError Type: ${errorType}` : ''}`;
    const metrics = { durationMs: rounded(durationMs) };
    return this.json('platform.initReport', {
      initializationType: 'on-demand',
      phase: 'init',
      status,
      metrics,
      ...(errorType && { errorType }),
    });
  }

  private json(type: string, record: Readonly<Record<string, unknown>>): string {
    return JSON.stringify({ time: new Date().toISOString(), type, record });
  }
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Peak memory of a process, in whole MB; undefined where the platform has no /proc. */
export function peakMemoryMb(pid: number | undefined): number | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return kib === undefined ? undefined : Math.ceil(Number(kib) / KIB_PER_MB);
  } catch {
    return undefined;
  }
}
