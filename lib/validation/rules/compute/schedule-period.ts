const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** Minutes between two runs of a schedule that runs at even intervals; undefined for any other. */
export function schedulePeriod(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+)\s+(minute|hour|day)s?\)$/.exec(expression.trim()) ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) * UNITS[unit]!;
  const [, minutes] = /^cron\((\S+)\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\)$/.exec(expression.trim()) ?? [];
  if (minutes === '*') return 1;
  const [, step] = /^(?:\*|\d+|\d+-\d+)\/(\d+)$/.exec(minutes ?? '') ?? [];
  return step === undefined ? undefined : Number(step);
}
