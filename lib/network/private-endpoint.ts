/**
 * An AWS service that a private network can reach through an interface endpoint.
 *
 * Every endpoint costs 0.01 USD an hour in each availability zone (us-east-1, read 2026-08-21), so two zones cost 14.60 USD a month
 * for each service, plus data processing.
 */
export class PrivateEndpoint {
  /** Model calls: Converse, InvokeModel and their streaming forms. */
  static readonly BEDROCK_RUNTIME = new PrivateEndpoint('bedrock-runtime');
  /** Reading secrets, such as the key of a third-party model. */
  static readonly SECRETS_MANAGER = new PrivateEndpoint('secretsmanager');
  /** Sending to and receiving from queues. */
  static readonly SQS = new PrivateEndpoint('sqs');
  /** Publishing to topics. */
  static readonly SNS = new PrivateEndpoint('sns');
  /** Functions that call functions. */
  static readonly LAMBDA = new PrivateEndpoint('lambda');
  /** Starting executions and answering task tokens. */
  static readonly STEP_FUNCTIONS = new PrivateEndpoint('states');
  /** Putting events on a bus. */
  static readonly EVENTBRIDGE = new PrivateEndpoint('events');
  /** Container logs; functions do not need it. */
  static readonly CLOUDWATCH_LOGS = new PrivateEndpoint('logs');
  /** Custom metrics by API call; embedded metrics in logs do not need it. */
  static readonly CLOUDWATCH_METRICS = new PrivateEndpoint('monitoring');
  /** Image manifests for containers; layers come through the S3 gateway endpoint. */
  static readonly ECR_API = new PrivateEndpoint('ecr.api');
  /** Image pulls for containers. */
  static readonly ECR_DOCKER = new PrivateEndpoint('ecr.dkr');
  /** Parameters. */
  static readonly SSM = new PrivateEndpoint('ssm');
  /** Calls of the ECS API, such as waking a service from zero. */
  static readonly ECS = new PrivateEndpoint('ecs');
  /** Encryption with customer managed keys by the caller itself. */
  static readonly KMS = new PrivateEndpoint('kms');

  /**
   * Any other service.
   *
   * @param serviceName last part of the endpoint service's name: `textract` for `com.amazonaws.us-east-1.textract`
   */
  static of(serviceName: string): PrivateEndpoint {
    return new PrivateEndpoint(serviceName);
  }

  private constructor(
    /** Last part of the endpoint service's name. */
    readonly serviceName: string,
  ) {}
}
