import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { itemsOf, valueAt } from '../../../template/value';
import type { Rule, Violation } from '../../rule';

export const ECS_SCALING_FROM_ZERO: Rule = {
  id: 'ecs-scaling-from-zero',
  title: 'Service that scales to zero tasks and has no way back',
  why: 'Without tasks there is no CPU load to measure, and a backlog per task is divided by zero: the metric has no data, and target tracking does nothing without data.',
  severity: 'warning',
  fix: 'add a step policy on the number of visible messages, divide by IF(FILL(running, 0) < 1, 1, FILL(running, 0)), or keep one task',
  source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html',
  check: (graph) => graph.ofType('AWS::ApplicationAutoScaling::ScalableTarget').flatMap((target) => violation(graph, target) ?? []),
};

function violation(graph: ResourceGraph, target: Resource): Violation | undefined {
  if (target.text('ServiceNamespace') !== 'ecs' || target.number('MinCapacity') !== 0) return undefined;
  const policies = policiesByTarget(graph).get(target) ?? [];
  // Scheduled actions may bring it back as well.
  if (policies.length === 0 || target.get('ScheduledActions') !== undefined || !policies.every(needsTasks)) return undefined;
  return {
    resource: target,
    message: `MinCapacity is 0, and every policy measures what only running tasks have: ${policies.map(({ id }) => id).join(', ')}`,
  };
}

/** Whether a policy has no data while nothing runs. */
function needsTasks(policy: Resource): boolean {
  const tracking = policy.get('TargetTrackingScalingPolicyConfiguration');
  const predefined = valueAt(tracking, ['PredefinedMetricSpecification', 'PredefinedMetricType']);
  if (predefined !== undefined)
    return ['ECSServiceAverageCPUUtilization', 'ECSServiceAverageMemoryUtilization'].includes(String(predefined));
  const metrics = itemsOf(valueAt(tracking, ['CustomizedMetricSpecification', 'Metrics']));
  return metrics.some((metric) => dividesByMetric(valueAt(metric, ['Expression'])));
}

/** A division by nothing but a metric, such as `visible / running`. */
function dividesByMetric(expression: unknown): boolean {
  return typeof expression === 'string' && /\/\s*\(?\s*[a-z]\w*\s*\)?\s*$/.test(expression);
}

const policiesByTarget = perGraph(
  (graph): ReadonlyMap<Resource, readonly Resource[]> =>
    groupBy(graph.ofType('AWS::ApplicationAutoScaling::ScalingPolicy'), (policy) => policy.referent('ScalingTargetId')),
);
