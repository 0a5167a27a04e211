import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Tags } from 'aws-cdk-lib/core';
import { AgentCode, AiAgentFunction, type AiAgentFunctionProps } from 'cdk-serverless-ai';
import type { Construct } from 'constructs';

export interface TeamAgentProps extends Omit<AiAgentFunctionProps, 'code'> {
  /** TypeScript file that exports `handler`. */
  readonly entry: string;
}

/** An agent as our team wants it: short, small, tagged; articles of the knowledge base are bundled as text. */
export class TeamAgent extends AiAgentFunction {
  constructor(scope: Construct, id: string, { entry, ...props }: TeamAgentProps) {
    super(scope, id, {
      code: AgentCode.typescript(entry, { minify: true, keepNames: true, loader: { '.md': 'text' } }),
      timeout: Duration.minutes(1),
      memorySize: 512,
      logRetention: logs.RetentionDays.TWO_WEEKS,
      ...props,
    });
    Tags.of(this).add('team', 'support');
  }
}
