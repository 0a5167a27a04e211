import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** A metric that ElastiCache Serverless publishes for one cache. */
export function cacheMetric(cacheName: string, metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ElastiCache',
    metricName,
    dimensionsMap: { clusterId: cacheName },
    statistic: 'Sum',
    ...props,
  });
}
