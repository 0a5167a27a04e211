import { Template } from 'aws-cdk-lib/assertions';
import { App, type AppProps, Stack, type StackProps } from 'aws-cdk-lib/core';
import { AgentCode } from '../../../lib/agent/agent-code';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import type { AiAgentFunctionProps } from '../../../lib/agent/ai-agent-function-props';

export const INLINE = AgentCode.inline('exports.handler = async () => "ok"');

export type AgentProps = Partial<AiAgentFunctionProps>;

export interface AgentCase {
  readonly stack: Stack;
  readonly agent: AiAgentFunction;
  template(): Template;
}

/** An agent in a stack of its own; `props` may need the stack for what it refers to. */
export function createAgent(
  props: AgentProps | ((stack: Stack) => AgentProps) = {},
  options: { app?: AppProps; stack?: StackProps } = {},
): AgentCase {
  const stack = new Stack(new App(options.app), 'Test', options.stack);
  const agent = new AiAgentFunction(stack, 'Agent', { code: INLINE, ...(typeof props === 'function' ? props(stack) : props) });
  return { stack, agent, template: () => Template.fromStack(stack) };
}
