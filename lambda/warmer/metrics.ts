import type { WarmingReport } from '../contract/warming';

export const WARMING_NAMESPACE = 'ServerlessAi/Warming';

/** One line in CloudWatch's embedded metric format: the metrics arrive by the log, without a call. */
export function metricLine(report: WarmingReport, timestamp: number): string {
  const counts = { Asked: report.asked, Distinct: report.distinct, Cold: report.cold, Failed: report.failed };
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: WARMING_NAMESPACE,
          Dimensions: [['FunctionName']],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    FunctionName: functionNameOf(report.functionArn),
    FunctionArn: report.functionArn,
    Rounds: report.rounds,
    ...counts,
  });
}

/** `name:alias` of `arn:aws:lambda:region:account:function:name:alias`. */
function functionNameOf(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn;
}
