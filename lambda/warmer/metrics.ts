import { WARMING_DIMENSION, WARMING_NAMESPACE, WarmingMetric, type WarmingReport } from '../contract/warming';

const COUNTS = Object.entries(WarmingMetric) as [keyof typeof WarmingMetric, string][];

/** One line in CloudWatch's embedded metric format: the metrics arrive by the log, without a call. */
export function metricLine(report: WarmingReport, timestamp: number): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: WARMING_NAMESPACE,
          Dimensions: [[WARMING_DIMENSION]],
          Metrics: COUNTS.map(([, Name]) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    [WARMING_DIMENSION]: functionNameOf(report.functionArn),
    FunctionArn: report.functionArn,
    Rounds: report.rounds,
    ...Object.fromEntries(COUNTS.map(([count, name]) => [name, report[count]])),
  });
}

/** `name:alias` of `arn:aws:lambda:region:account:function:name:alias`. */
function functionNameOf(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn;
}
