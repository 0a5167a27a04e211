import {
  AdjustmentType,
  CfnScalingPolicy,
  MetricAggregationType,
  ScalableTarget,
  ServiceNamespace,
  StepScalingAction,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface WorkerScaling {
  readonly cluster: ICluster;
  readonly service: FargateService;
  readonly queue: IQueue;
  readonly maxTasks: number;
  readonly backlogPerTask: number;
  /** Minutes without a message, waiting or in flight, before all tasks stop. */
  readonly idleMinutes: number;
}

const PERIOD = Duration.minutes(1);
/** A task takes about a minute to start; until then another one would be started for the same messages. */
const START_COOLDOWN = Duration.minutes(3);

/** Scales workers from zero, with their backlog, and back to zero. */
export function scaleWorkers(scope: Construct, scaling: WorkerScaling): ScalableTarget {
  const target = new ScalableTarget(scope, 'Scaling', {
    serviceNamespace: ServiceNamespace.ECS,
    scalableDimension: 'ecs:service:DesiredCount',
    resourceId: `service/${scaling.cluster.clusterName}/${scaling.service.serviceName}`,
    minCapacity: 0,
    maxCapacity: scaling.maxTasks,
  });
  wakeFromZero(scope, target, scaling);
  followBacklog(scope, target, scaling);
  returnToZero(scope, target, scaling);
  return target;
}

/**
 * The net below the router, which wakes the service itself: a message waits and nobody holds one, so no worker is running. Both numbers
 * come from the queue; the count of running tasks does not exist while there are none. SQS is silent for a queue that nobody used for
 * hours, so this alone may start a quarter of an hour late.
 */
function wakeFromZero(scope: Construct, target: ScalableTarget, { queue }: WorkerScaling): void {
  const metric = new MathExpression({
    expression: 'IF(visible >= 1 AND inFlight < 1, 1, 0)',
    usingMetrics: { visible: visible(queue), inFlight: inFlight(queue) },
    label: 'messages without a worker',
    period: PERIOD,
  });
  const action = new StepScalingAction(scope, 'Wake', {
    scalingTarget: target,
    adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
    metricAggregationType: MetricAggregationType.MAXIMUM,
    cooldown: START_COOLDOWN,
  });
  action.addAdjustment({ adjustment: 1, lowerBound: 0 });
  scaleOn(scope, 'Waiting', action, metric, {
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    alarmDescription: 'Messages wait and no worker holds one; scales the workers from zero',
  });
}

/**
 * Backlog per task counts messages in flight, or a task with a long job would look idle, and divides by one where no task runs.
 * It only adds tasks: removing single ones would stop whichever ECS picks.
 */
function followBacklog(scope: Construct, target: ScalableTarget, scaling: WorkerScaling): void {
  const { queue, cluster, service } = scaling;
  const expression = '(visible + inFlight) / IF(FILL(running, 0) < 1, 1, FILL(running, 0))';
  new CfnScalingPolicy(scope, 'Backlog', {
    policyName: 'backlog-per-task',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: scaling.backlogPerTask,
      disableScaleIn: true,
      scaleOutCooldown: START_COOLDOWN.toSeconds(),
      customizedMetricSpecification: {
        metrics: [
          metricQuery('visible', visible(queue)),
          metricQuery('inFlight', inFlight(queue)),
          metricQuery('running', runningTasks(cluster, service)),
          { id: 'backlogPerTask', expression, label: 'backlog per task', returnData: true },
        ],
      },
    },
  });
}

/**
 * All tasks stop when nothing has waited and nothing was in flight for some minutes. Missing data is no reason to stop: a queue falls
 * silent only long after it has been empty.
 */
function returnToZero(scope: Construct, target: ScalableTarget, { queue, idleMinutes }: WorkerScaling): void {
  const metric = new MathExpression({
    expression: 'visible + inFlight',
    usingMetrics: { visible: visible(queue), inFlight: inFlight(queue) },
    label: 'messages',
    period: PERIOD,
  });
  const action = new StepScalingAction(scope, 'Rest', {
    scalingTarget: target,
    adjustmentType: AdjustmentType.EXACT_CAPACITY,
    metricAggregationType: MetricAggregationType.MAXIMUM,
    cooldown: PERIOD,
  });
  action.addAdjustment({ adjustment: 0, upperBound: 0 });
  scaleOn(scope, 'Idle', action, metric, {
    threshold: 0,
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: idleMinutes,
    alarmDescription: 'No message waits or is in flight; scales the workers to zero',
  });
}

interface AlarmSettings {
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly evaluationPeriods: number;
  readonly alarmDescription: string;
}

function scaleOn(scope: Construct, id: string, action: StepScalingAction, metric: IMetric, settings: AlarmSettings): void {
  const alarm = new Alarm(scope, id, { ...settings, metric, treatMissingData: TreatMissingData.NOT_BREACHING });
  alarm.addAlarmAction(new ApplicationScalingAction(action));
}

function visible(queue: IQueue): Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM });
}

function inFlight(queue: IQueue): Metric {
  return queue.metricApproximateNumberOfMessagesNotVisible({ period: PERIOD, statistic: Stats.MAXIMUM });
}

/** From Container Insights, which has to be on in the cluster. */
function runningTasks(cluster: ICluster, service: FargateService): Metric {
  return new Metric({
    namespace: 'ECS/ContainerInsights',
    metricName: 'RunningTaskCount',
    dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: service.serviceName },
    period: PERIOD,
    statistic: Stats.AVERAGE,
  });
}

function metricQuery(id: string, metric: Metric): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  const dimensions = Object.entries(metric.dimensions ?? {}).map(([name, value]) => ({ name, value: String(value) }));
  return {
    id,
    returnData: false,
    metricStat: { stat: metric.statistic, metric: { namespace: metric.namespace, metricName: metric.metricName, dimensions } },
  };
}
