import {
  type AlarmProps,
  ComparisonOperator,
  type GraphWidgetProps,
  type IMetric,
  MathExpression,
  Metric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import { WARMING_DIMENSION, WARMING_NAMESPACE, WarmingMetric } from '../../lambda/contract/warming';

/** What the warmer writes of one target. */
export function warmingMetric(name: keyof typeof WarmingMetric, alias: IAlias, props?: MetricOptions): Metric {
  return new Metric({
    namespace: WARMING_NAMESPACE,
    metricName: WarmingMetric[name],
    dimensionsMap: { [WARMING_DIMENSION]: alias.functionName },
    statistic: Stats.SUM,
    ...props,
  });
}

/** Invocations of the alias that were no pings. A round may lie on both sides of a minute, so the difference is kept from going below zero. */
export function requestsOf(alias: IAlias, props?: MetricOptions): MathExpression {
  return new MathExpression({
    expression: 'IF(invocations > FILL(pings, 0), invocations - FILL(pings, 0), 0)',
    usingMetrics: { invocations: alias.metricInvocations(props), pings: warmingMetric('pings', alias, props) },
    label: 'requests without keep-warm pings',
    period: props?.period,
  });
}

/** Environments that were asked for and did not answer. */
export function shortfallOf(alias: IAlias, props?: MetricOptions): MathExpression {
  return new MathExpression({
    expression: 'asked - distinct',
    usingMetrics: { asked: warmingMetric('asked', alias, props), distinct: warmingMetric('distinct', alias, props) },
    label: 'environments that did not answer',
    period: props?.period,
  });
}

/** Goes off when three of five periods count at least one; a period without a round says nothing. */
export function alarmOn(metric: IMetric, alarmDescription: string): AlarmProps {
  return {
    metric,
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: TreatMissingData.IGNORE,
    alarmDescription,
  };
}

/** Environments on the left; on the right what a round had to repair, or could not. */
export function warmingGraph(alias: IAlias, props: GraphWidgetProps): GraphWidgetProps {
  const metrics = (...names: readonly (keyof typeof WarmingMetric)[]) => names.map((name) => warmingMetric(name, alias));
  return {
    title: `Warm environments of ${alias.functionName}`,
    leftYAxis: { min: 0, label: 'environments', showUnits: false },
    rightYAxis: { min: 0, label: 'pings', showUnits: false },
    width: 12,
    ...props,
    left: [...metrics('asked', 'distinct'), ...(props.left ?? [])],
    right: [...metrics('cold', 'failed', 'notReady'), ...(props.right ?? [])],
  };
}
