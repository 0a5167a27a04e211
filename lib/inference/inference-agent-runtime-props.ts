import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Duration } from 'aws-cdk-lib/core';
import type { AgentAuthorizer } from './agent-authorizer';
import type { ContainerInferenceFunction } from './container-inference-function';

/** How the image of an inference function runs as an AgentCore runtime. */
export interface InferenceAgentRuntimeOptions {
  /**
   * Name of the runtime: a letter, then letters, digits and underscores, at most 48 characters.
   * @default - made from the path of the construct
   */
  readonly runtimeName?: string;
  /**
   * Who may call it.
   * @default AgentAuthorizer.iam()
   */
  readonly authorizer?: AgentAuthorizer;
  /**
   * VPC of the sessions.
   * @default - none: sessions reach the internet
   */
  readonly vpc?: IVpc;
  /**
   * Subnets in that VPC.
   * @default - private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Security groups in that VPC.
   * @default - a group of its own
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Variables beside those of the function's model.
   * @default - none
   */
  readonly environment?: Record<string, string>;
  /**
   * Time without a request after which a session ends, 1 minute to 8 hours.
   * @default - that of the service, 15 minutes
   */
  readonly idleTimeout?: Duration;
  /**
   * Time after which a session ends in any case, 1 minute to 8 hours.
   * @default - that of the service, 8 hours
   */
  readonly maxLifetime?: Duration;
  /**
   * States that the image answers `POST /invocations` and `GET /ping` on port 8080 of 0.0.0.0, which an image that
   * `InferenceImage.generated` wrote does.
   * @default false
   */
  readonly agentCoreReady?: boolean;
  /**
   * Description of the runtime.
   * @default - none
   */
  readonly description?: string;
}

/** Properties of InferenceAgentRuntime. */
export interface InferenceAgentRuntimeProps extends InferenceAgentRuntimeOptions {
  /** The function whose image the runtime runs. */
  readonly inference: ContainerInferenceFunction;
}
