import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whom the local run issues credentials to: an environment, a state machine or a task of a container. */
export interface CredentialOwner {
  readonly functionName?: string;
  readonly environmentId?: string;
  /** Role that the caller has assumed. */
  readonly roleArn?: string;
  /** Name of the role's session. @default - that of the function or task */
  readonly sessionName?: string;
  /** Service that calls in its own name, without a role: `events.amazonaws.com`. */
  readonly servicePrincipal?: string;
  /** Resource for which the service calls, such as a rule. */
  readonly sourceArn?: string;
  /** Machine that makes the call itself, for a Task state. */
  readonly stateMachineArn?: string;
  /** ECS task that makes the call. */
  readonly taskArn?: string;
}

/** Who makes a call, known from the access key that the local run gave out. */
export interface Caller extends CredentialOwner {
  readonly accessKeyId: string;
}

/** One request of an unchanged AWS SDK client. */
export interface ServiceRequest {
  /** Signing name: `lambda`, `dynamodb`, `s3`, `sqs`, `states`, `bedrock`. */
  readonly service: string;
  /** Operation where the protocol names it (X-Amz-Target) or undefined for REST protocols. */
  readonly operation?: string;
  readonly caller: Caller;
  readonly body: Buffer;
  readonly request: IncomingMessage;
}

/** Answers requests of one AWS service. Registered at the gateway by signing name. */
export type ServiceHandler = (request: ServiceRequest, response: ServerResponse) => Promise<void> | void;
