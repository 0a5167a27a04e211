import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import type { Workers } from './workers';

const MINUTE = Duration.minutes(1);
const START_COOLDOWN = Duration.minutes(3);

/** From zero when a message waits, with the backlog, and to zero when nothing has waited or been in flight for five minutes. */
export function scaleWorkers(stack: Stack, { queue, cluster, service }: Workers): void {
  const target = new scaling.ScalableTarget(stack, 'WorkerScaling', {
    serviceNamespace: scaling.ServiceNamespace.ECS,
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${cluster.clusterName}/${service.serviceName}`,
    minCapacity: 0,
    maxCapacity: 4,
  });
  const perMinute = { period: MINUTE, statistic: cloudwatch.Stats.MAXIMUM };
  const visible = queue.metricApproximateNumberOfMessagesVisible(perMinute);
  const inFlight = queue.metricApproximateNumberOfMessagesNotVisible(perMinute);

  const wake = new scaling.StepScalingAction(stack, 'WorkerWake', {
    scalingTarget: target,
    adjustmentType: scaling.AdjustmentType.CHANGE_IN_CAPACITY,
    metricAggregationType: scaling.MetricAggregationType.MAXIMUM,
    cooldown: START_COOLDOWN,
  });
  wake.addAdjustment({ adjustment: 1, lowerBound: 0 });
  new cloudwatch.Alarm(stack, 'WorkersWaiting', {
    metric: new cloudwatch.MathExpression({
      expression: 'IF(visible >= 1 AND inFlight < 1, 1, 0)',
      usingMetrics: { visible, inFlight },
      label: 'messages without a worker',
      period: MINUTE,
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: 'Messages wait and no worker holds one; scales the workers from zero',
  }).addAlarmAction(new ApplicationScalingAction(wake));

  const rest = new scaling.StepScalingAction(stack, 'WorkerRest', {
    scalingTarget: target,
    adjustmentType: scaling.AdjustmentType.EXACT_CAPACITY,
    metricAggregationType: scaling.MetricAggregationType.MAXIMUM,
    cooldown: MINUTE,
  });
  rest.addAdjustment({ adjustment: 0, upperBound: 0 });
  new cloudwatch.Alarm(stack, 'WorkersIdle', {
    metric: new cloudwatch.MathExpression({
      expression: 'visible + inFlight',
      usingMetrics: { visible, inFlight },
      label: 'messages',
      period: MINUTE,
    }),
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 5,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: 'No message waits or is in flight; scales the workers to zero',
  }).addAlarmAction(new ApplicationScalingAction(rest));

  followBacklog(stack, target, { queue, cluster, service });
}

/** The L2 policy takes no metric math, hence the L1. */
function followBacklog(stack: Stack, target: scaling.ScalableTarget, { queue, cluster, service }: Workers): void {
  const ofQueue = (id: string, metricName: string) => ({
    id,
    returnData: false,
    metricStat: {
      stat: 'Maximum',
      metric: { namespace: 'AWS/SQS', metricName, dimensions: [{ name: 'QueueName', value: queue.queueName }] },
    },
  });
  new scaling.CfnScalingPolicy(stack, 'WorkerBacklog', {
    policyName: 'backlog-per-task',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: 1,
      disableScaleIn: true,
      scaleOutCooldown: START_COOLDOWN.toSeconds(),
      customizedMetricSpecification: {
        metrics: [
          ofQueue('visible', 'ApproximateNumberOfMessagesVisible'),
          ofQueue('inFlight', 'ApproximateNumberOfMessagesNotVisible'),
          {
            id: 'running',
            returnData: false,
            metricStat: {
              stat: 'Average',
              metric: {
                namespace: 'ECS/ContainerInsights',
                metricName: 'RunningTaskCount',
                dimensions: [
                  { name: 'ClusterName', value: cluster.clusterName },
                  { name: 'ServiceName', value: service.serviceName },
                ],
              },
            },
          },
          {
            id: 'backlogPerTask',
            expression: '(visible + inFlight) / IF(FILL(running, 0) < 1, 1, FILL(running, 0))',
            label: 'backlog per task',
            returnData: true,
          },
        ],
      },
    },
  });
}
