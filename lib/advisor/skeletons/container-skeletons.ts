import type { WorkloadFacts } from '../../workload/workload-facts';
import { taskSize } from './fargate-task';
import { props, stackOf } from './skeleton-text';
import { containerStepsSkeleton, outgrows } from './workflow-skeletons';

const FARGATE_IMPORTS = [
  "import { ContainerImage } from 'aws-cdk-lib/aws-ecs';",
  "import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';",
];

const serviceProps = (facts: WorkloadFacts, image: string, tasks: number) =>
  props({ ...taskSize(facts.memoryBytes), desiredCount: tasks, taskImageOptions: `{ image: ContainerImage.fromAsset('${image}') }` });

/** Tasks that stand ready: what is under way on average, and two, so that one may go. */
const tasksOf = ({ averageConcurrency }: WorkloadFacts) => Math.max(2, Math.ceil(averageConcurrency ?? 0));

export function fargateSkeleton(facts: WorkloadFacts): string {
  if (facts.interactive !== true && !facts.alwaysOn) return workersSkeleton(facts);
  return stackOf(FARGATE_IMPORTS, 'ServiceStack', [
    "const service = new ApplicationLoadBalancedFargateService(this, 'Service', {",
    ...serviceProps(facts, 'images/service', tasksOf(facts)),
    '});',
    `const scaling = service.service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: ${2 * tasksOf(facts)} });`,
    "scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70 });",
  ]);
}

const workerLines = (facts: WorkloadFacts) => [
  "const network = new PrivateNetwork(this, 'Network');",
  "const workers = new QueueWorkerService(this, 'Workers', {",
  ...props({ network: 'network', imageDirectory: "'images/worker'", ...taskSize(facts.memoryBytes), maxTasks: 4 }),
  '});',
];

function workersSkeleton(facts: WorkloadFacts): string {
  return stackOf(["import { PrivateNetwork, QueueWorkerService } from 'cdk-serverless-ai';"], 'WorkersStack', workerLines(facts));
}

export function hybridSkeleton(facts: WorkloadFacts): string {
  if (facts.steps.some(outgrows)) return containerStepsSkeleton(facts);
  if (facts.interactive === false) return workersSkeleton(facts);
  const names = 'AgentCode, AiAgentFunction, HybridRouter, PrivateNetwork, QueueWorkerService, RouteTarget, RoutingPolicy';
  return stackOf([`import { ${names} } from 'cdk-serverless-ai';`], 'RouterStack', [
    "const agent = new AiAgentFunction(this, 'Agent', { code: AgentCode.typescript('src/agent.ts') });",
    ...workerLines(facts),
    "new HybridRouter(this, 'Router', {",
    '  targets: { fast: RouteTarget.function(agent.alias), heavy: RouteTarget.queue(workers) },',
    "  policy: RoutingPolicy.of({ rules: [{ name: 'short', when: { maxTokens: 2_000 }, target: 'fast' }], defaultTarget: 'heavy' }),",
    '});',
  ]);
}
