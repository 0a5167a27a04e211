import { LAMBDA_MEMORY } from '../../quotas/lambda-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { taskSize } from './fargate-task';
import { megabytesOf, props, stackOf } from './skeleton-text';

/** Containers at the baseline, and a function of the same image behind one load balancer; the weights are what an operator or an alarm moves. */
export function hotColdSkeleton(facts: WorkloadFacts): string {
  const tasks = Math.max(2, Math.floor(facts.averageConcurrency ?? 0));
  return stackOf(
    [
      "import { ContainerImage } from 'aws-cdk-lib/aws-ecs';",
      "import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';",
      "import { ApplicationTargetGroup, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';",
      "import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';",
      "import { ContainerInferenceFunction, InferenceImage } from 'cdk-serverless-ai';",
    ],
    'HotColdStack',
    [
      "const hot = new ApplicationLoadBalancedFargateService(this, 'Hot', {",
      ...props({
        ...taskSize(facts.memoryBytes),
        desiredCount: tasks,
        taskImageOptions: "{ image: ContainerImage.fromAsset('images/service') }",
      }),
      '});',
      "const cold = new ContainerInferenceFunction(this, 'Cold', {",
      ...props({
        image: "InferenceImage.fromDirectory('images/function')",
        memorySize: megabytesOf(facts.memoryBytes, LAMBDA_MEMORY.min!, LAMBDA_MEMORY.max!),
      }),
      '});',
      "const spill = new ApplicationTargetGroup(this, 'Spill', { targets: [new LambdaTarget(cold.alias)] });",
      "hot.listener.addAction('Split', {",
      '  action: ListenerAction.weightedForward([',
      '    { targetGroup: hot.targetGroup, weight: 90 },',
      '    { targetGroup: spill, weight: 10 },',
      '  ]),',
      '});',
    ],
  );
}
