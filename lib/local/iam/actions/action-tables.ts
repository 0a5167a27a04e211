import type { ActionTable } from './action-call';
import { BEDROCK_ACTIONS } from './bedrock-actions';
import { ECS_ACTIONS, LAMBDA_ACTIONS, SCHEDULER_ACTIONS, STATES_ACTIONS } from './compute-actions';
import { DYNAMODB_ACTIONS } from './dynamodb-actions';
import { EVENTS_ACTIONS, SNS_ACTIONS, SQS_ACTIONS } from './messaging-actions';
import { S3_ACTIONS } from './s3-actions';
import { CLOUDWATCH_ACTIONS, KMS_ACTIONS, LOGS_ACTIONS, SECRETS_ACTIONS, SSM_ACTIONS, STS_ACTIONS } from './security-actions';

/** The permissions that a call needs, by the signing name of its service and its operation. */
export const ACTION_TABLES: Readonly<Record<string, ActionTable>> = {
  bedrock: BEDROCK_ACTIONS,
  dynamodb: DYNAMODB_ACTIONS,
  ecs: ECS_ACTIONS,
  events: EVENTS_ACTIONS,
  kms: KMS_ACTIONS,
  lambda: LAMBDA_ACTIONS,
  logs: LOGS_ACTIONS,
  monitoring: CLOUDWATCH_ACTIONS,
  s3: S3_ACTIONS,
  scheduler: SCHEDULER_ACTIONS,
  secretsmanager: SECRETS_ACTIONS,
  sns: SNS_ACTIONS,
  sqs: SQS_ACTIONS,
  ssm: SSM_ACTIONS,
  states: STATES_ACTIONS,
  sts: STS_ACTIONS,
};
