import { WARMING_DIMENSION, WARMING_NAMESPACE, WarmingMetric, type WarmingReport } from '../contract/warming';

/** One line in CloudWatch's embedded metric format: the metrics arrive by the log, without a call. */
export function metricLine(report: WarmingReport, timestamp: number): string {
  const counts = {
    [WarmingMetric.asked]: report.asked,
    [WarmingMetric.distinct]: report.distinct,
    [WarmingMetric.cold]: report.cold,
    [WarmingMetric.failed]: report.failed,
  };
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: WARMING_NAMESPACE,
          Dimensions: [[WARMING_DIMENSION]],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    [WARMING_DIMENSION]: functionNameOf(report.functionArn),
    FunctionArn: report.functionArn,
    Rounds: report.rounds,
    ...counts,
  });
}

/** `name:alias` of `arn:aws:lambda:region:account:function:name:alias`. */
function functionNameOf(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn;
}
