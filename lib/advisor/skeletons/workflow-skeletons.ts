import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import type { StepFacts, WorkloadFacts } from '../../workload/workload-facts';
import { taskSize } from './fargate-task';
import { identifier, megabytesOf, props, stackOf, stepNames, timeoutOf } from './skeleton-text';

const stepOf = ({ steps }: WorkloadFacts, name: string): StepFacts | undefined => steps.find((step) => step.name === name);

/** Names of variables, each once. */
function variables(names: readonly string[]): string[] {
  const plain = names.map((name) => `${identifier(name)}Step`);
  return plain.map((name, index) => (plain.indexOf(name) < index ? `${name}${index + 1}` : name));
}

function agentLines(facts: WorkloadFacts, name: string, variable: string): string[] {
  const step = stepOf(facts, name);
  return [
    `const ${variable} = new AiAgentFunction(this, '${variable}', {`,
    ...props({
      code: `AgentCode.typescript('src/${variable}.ts')`,
      memorySize: megabytesOf(step?.memoryBytes ?? facts.stepMemoryBytes, LAMBDA_MEMORY.min!, LAMBDA_MEMORY.max!),
      timeout: timeoutOf(step?.activeSeconds, LAMBDA_TIMEOUT.max!),
    }),
    '});',
  ];
}

const quoted = (name: string) => `'${name.replace(/[\\']/g, '\\$&').replace(/\s+/g, ' ')}'`;

export function standardSkeleton(facts: WorkloadFacts): string {
  const names = stepNames(facts);
  const functions = variables(names);
  return stackOf(["import { AgentCode, AiAgentFunction, WorkflowStateMachine, WorkflowStep } from 'cdk-serverless-ai';"], 'WorkflowStack', [
    ...names.flatMap((name, index) => agentLines(facts, name, functions[index]!)),
    "new WorkflowStateMachine(this, 'Workflow', {",
    '  steps: [',
    ...names.map((name, index) => `    WorkflowStep.invoke(${quoted(name)}, { function: ${functions[index]}.alias }),`),
    '  ],',
    '});',
  ]);
}

export function expressSkeleton(facts: WorkloadFacts): string {
  const names = stepNames(facts);
  const functions = variables(names);
  return stackOf(
    [
      "import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';",
      "import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';",
      "import { AgentCode, AiAgentFunction } from 'cdk-serverless-ai';",
    ],
    'ExpressStack',
    [
      ...names.flatMap((name, index) => agentLines(facts, name, functions[index]!)),
      `const first = LambdaInvoke.jsonata(this, ${quoted(names[0]!)}, { lambdaFunction: ${functions[0]}.alias });`,
      `const chain = first${names
        .slice(1)
        .map(
          (name, index) => `\n      .next(LambdaInvoke.jsonata(this, ${quoted(name)}, { lambdaFunction: ${functions[index + 1]}.alias }))`,
        )
        .join('')};`,
      "new StateMachine(this, 'Workflow', {",
      '  stateMachineType: StateMachineType.EXPRESS,',
      '  definitionBody: DefinitionBody.fromChainable(chain),',
      '});',
    ],
  );
}

export const outgrows = ({ activeSeconds, memoryBytes, gpu }: StepFacts) =>
  gpu || activeSeconds > LAMBDA_TIMEOUT.max! || (memoryBytes ?? 0) > LAMBDA_MEMORY.max! * 1024 ** 2;

/** A workflow whose heavy steps run in containers. */
export function containerStepsSkeleton(facts: WorkloadFacts): string {
  const names = stepNames(facts);
  const functions = variables(names);
  const heavy = facts.steps.filter(outgrows);
  const { cpu, memoryLimitMiB } = taskSize(Math.max(...heavy.map(({ memoryBytes }) => memoryBytes ?? 0)));
  const isHeavy = (name: string) => heavy.some((step) => step.name === name);
  return stackOf(
    [
      "import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';",
      "import { Cluster, ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';",
      "import { AgentCode, AiAgentFunction, PrivateNetwork, WorkflowStateMachine, WorkflowStep } from 'cdk-serverless-ai';",
    ],
    'WorkflowStack',
    [
      "const { vpc } = new PrivateNetwork(this, 'Network');",
      "const cluster = new Cluster(this, 'Cluster', { vpc });",
      ...(heavy.some(({ gpu }) => gpu)
        ? ['// A step on a GPU needs a task on GPU instances in place of Fargate: WorkflowStep.custom with EcsRunTask.']
        : []),
      `const task = new FargateTaskDefinition(this, 'Task', { cpu: ${cpu}, memoryLimitMiB: ${memoryLimitMiB} });`,
      "task.addContainer('Worker', { image: ContainerImage.fromAsset('images/worker') });",
      "const securityGroups = [new SecurityGroup(this, 'Workers', { vpc })];",
      ...names.flatMap((name, index) => (isHeavy(name) ? [] : agentLines(facts, name, functions[index]!))),
      "new WorkflowStateMachine(this, 'Workflow', {",
      '  steps: [',
      ...names.map((name, index) => {
        const seconds = Math.ceil((stepOf(facts, name)?.activeSeconds ?? 0) * 1.2);
        return isHeavy(name)
          ? `    WorkflowStep.container(${quoted(name)}, { cluster, taskDefinition: task, securityGroups, timeout: Duration.seconds(${seconds}) }),`
          : `    WorkflowStep.invoke(${quoted(name)}, { function: ${functions[index]}.alias }),`;
      }),
      '  ],',
      '});',
    ],
  );
}
