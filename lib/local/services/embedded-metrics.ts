import type { MetricDatum } from './metrics';

interface Directive {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
}

const MARK = '"_aws"';

/**
 * The metrics in a line of a log that is written in CloudWatch's embedded metric format; none for any other line.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(line: string): MetricDatum[] {
  if (!line.includes(MARK)) return [];
  const root = objectIn(line.slice(line.indexOf('{')));
  const meta = root?.['_aws'] as { Timestamp?: unknown; CloudWatchMetrics?: unknown } | undefined;
  if (root === undefined || typeof meta?.Timestamp !== 'number' || !Array.isArray(meta.CloudWatchMetrics)) return [];
  const time = meta.Timestamp;
  return (meta.CloudWatchMetrics as Directive[]).flatMap((directive) => dataOf(root, directive, time));
}

function dataOf(root: Readonly<Record<string, unknown>>, { Namespace, Dimensions, Metrics }: Directive, time: number): MetricDatum[] {
  if (typeof Namespace !== 'string' || !Array.isArray(Metrics)) return [];
  const sets = Array.isArray(Dimensions) && Dimensions.length > 0 ? (Dimensions as string[][]) : [[]];
  return (Metrics as { Name: string; Unit?: string }[]).flatMap(({ Name, Unit = 'None' }) => {
    const values = [root[Name]].flat().filter((value): value is number => typeof value === 'number');
    if (values.length === 0) return [];
    return sets.map((set) => ({
      namespace: Namespace,
      name: Name,
      unit: Unit,
      values,
      dimensions: Object.fromEntries(set.map((key) => [key, String(root[key] ?? '')])),
      time,
    }));
  });
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
