import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, type Duration, Stack } from 'aws-cdk-lib/core';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import type { WorkflowStateMachineProps } from '../../../lib/workflow/workflow-state-machine-props';
import type { WorkflowStep } from '../../../lib/workflow/workflow-step';

export { Match };

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape, and every look at it is an assertion
export type Json = Record<string, any>;

export function newStack(): Stack {
  return new Stack(new App(), 'Test');
}

export function aliasOf(stack: Stack, name: string, timeout?: Duration): lambda.Alias {
  const fn = new lambda.Function(stack, name, {
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    timeout,
  });
  return new lambda.Alias(stack, `${name}Alias`, { aliasName: 'live', version: fn.currentVersion });
}

/** One workflow in a stack of its own; `steps` gets a maker of functions. */
export function workflowOf(
  steps: (fn: (name: string, timeout?: Duration) => lambda.Alias, stack: Stack) => WorkflowStep[],
  props: (stack: Stack) => Partial<WorkflowStateMachineProps> = () => ({}),
): { stack: Stack; workflow: WorkflowStateMachine; template: () => Template; definition: () => Json } {
  const stack = newStack();
  const workflow = new WorkflowStateMachine(stack, 'Workflow', {
    steps: steps((name, timeout) => aliasOf(stack, name, timeout), stack),
    ...props(stack),
  });
  let synthesized: Template | undefined;
  const template = () => {
    synthesized ??= Template.fromStack(stack);
    return synthesized;
  };
  return { stack, workflow, template, definition: () => definitionOf(template()) };
}

/** The state machine's definition with references written as `<LogicalId>` and `<LogicalId.Attribute>`. */
export function definitionOf(template: Template): Json {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  return JSON.parse(textOf((machine as Json).Properties.DefinitionString));
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as Json);
  if (name === 'Ref') return argument === 'AWS::Partition' ? 'aws' : `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${argument.join('.')}>`;
  if (name === 'Fn::Join') return argument[1].map(textOf).join(argument[0]);
  throw new Error(`unexpected intrinsic ${JSON.stringify(value)}`);
}

/** Message of the error that building something throws. */
export function problemsOf(build: () => unknown): string[] {
  try {
    build();
  } catch (error) {
    const { name, problems } = error as { name: string; problems?: string[] };
    if (name !== 'ValidationError' || problems === undefined) throw error;
    return problems;
  }
  return [];
}

/** All states of a definition by name, those inside branches and maps included. */
export function allStates(part: Json): Json {
  const own = part['States'] as Json;
  const nested = Object.values(own).flatMap((state: Json) => [
    ...(state['Branches'] ?? []),
    ...(state['ItemProcessor'] ? [state['ItemProcessor']] : []),
  ]);
  return Object.assign({}, own, ...nested.map(allStates));
}
