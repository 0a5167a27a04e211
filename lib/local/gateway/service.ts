import type { IncomingMessage, ServerResponse } from 'node:http';

/** Who makes a call, known from the access key that the local run gave to each environment. */
export interface Caller {
  readonly accessKeyId: string;
  readonly functionName?: string;
  readonly environmentId?: string;
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
