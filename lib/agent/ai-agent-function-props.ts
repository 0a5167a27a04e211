import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Duration, Size } from 'aws-cdk-lib/core';
import type { ProvisionedConcurrency } from '../concurrency/provisioned-concurrency';
import type { IPrivateNetwork } from '../network/private-network-interface';
import type { IChatMemory } from '../state/chat-memory-interface';
import type { AgentCode } from './agent-code';
import type { AgentModel } from './agent-model';

/** How a streamed response reaches its caller. */
export enum StreamTransport {
  /** Lambda function URL, signed with IAM credentials. AWS does not support it for functions in a VPC. */
  FUNCTION_URL = 'FUNCTION_URL',
  /** Regional REST API that passes the stream on for up to 15 minutes. */
  REST_API = 'REST_API',
}

/** A function that suspends and resumes by itself, for up to a year. */
export interface DurableOptions {
  /** How long one execution may take, waits included: 1 second to 366 days. */
  readonly executionTimeout: Duration;

  /**
   * How long the history of a finished execution is kept: 1 to 90 days.
   *
   * @default Duration.days(14)
   */
  readonly retentionPeriod?: Duration;
}

export interface AiAgentFunctionProps {
  /** Where the code comes from. */
  readonly code: AgentCode;

  /**
   * Runtime.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * Exported function that handles events.
   *
   * @default 'index.handler'
   */
  readonly handler?: string;

  /**
   * Processor architecture.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * Memory in MB; processor time grows with it.
   *
   * @default 1769, one vCPU
   */
  readonly memorySize?: number;

  /**
   * Time for one call, at most 15 minutes.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;

  /**
   * Environment variables, 4 KB with those that this construct adds. They win over those of `models`.
   *
   * @default - only what models and memory need
   */
  readonly environment?: { [name: string]: string };

  /**
   * Description of the function.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Space under /tmp, 512 MB to 10 GB.
   *
   * @default Size.mebibytes(512)
   */
  readonly ephemeralStorageSize?: Size;

  /**
   * Layers.
   *
   * @default - none
   */
  readonly layers?: lambda.ILayerVersion[];

  /**
   * Network in which the function runs; endpoints that the models need are added to it.
   *
   * @default - the network of `memory`, where it has one
   */
  readonly network?: IPrivateNetwork;

  /**
   * VPC in which the function runs, instead of `network`.
   *
   * @default - none
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of the function.
   *
   * @default - those of the network, or what CDK selects in the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the function in its VPC.
   *
   * @default - a new one
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Concurrency set aside for, and bounding, this function. New accounts have none to set aside.
   *
   * @default - none
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * Models that the agent may call. The first is its default: `MODEL_ID`, or `MODEL_ENDPOINT` and `MODEL_SECRET_ARN`. The others are
   * granted, and the handler names them itself.
   *
   * @default - none
   */
  readonly models?: AgentModel[];

  /**
   * Memory of conversations.
   *
   * @default - none
   */
  readonly memory?: IChatMemory;

  /**
   * Environments that are kept initialized behind the alias.
   *
   * @default - none
   */
  readonly concurrency?: ProvisionedConcurrency;

  /**
   * Stream answers: by function URL outside a VPC, by REST API inside one or when `streamAuthorizer` is set.
   *
   * @default false
   */
  readonly responseStreaming?: boolean;

  /**
   * How the stream reaches the caller.
   *
   * @default - as `responseStreaming` says
   */
  readonly streamVia?: StreamTransport;

  /**
   * Who may call the streaming REST API.
   *
   * @default - callers with IAM credentials that `grantInvokeUrl` was given
   */
  readonly streamAuthorizer?: apigateway.IAuthorizer;

  /**
   * Requests that the streaming REST API lets through.
   *
   * @default - 10 a second, bursts of 20
   */
  readonly streamThrottle?: apigateway.ThrottleSettings;

  /**
   * Make the function durable. Only possible when the function is created, and its versions are then retained.
   *
   * @default - an ordinary function
   */
  readonly durable?: DurableOptions;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}
