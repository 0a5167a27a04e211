import type { Rule } from '../rule';
import { AGENTCORE_ARCHITECTURE } from './platform/agentcore-architecture';
import { AGENTCORE_LIFETIME } from './platform/agentcore-lifetime';
import { API_OPEN_ROUTE } from './platform/api-open-route';
import { BEDROCK_MODEL_QUOTA } from './platform/bedrock-model-quota';
import { BEDROCK_PROFILE_AS_MODEL } from './platform/bedrock-profile-as-model';
import { BEDROCK_PROFILE_REGIONS } from './platform/bedrock-profile-regions';
import { BEDROCK_WILDCARD_GRANT } from './platform/bedrock-wildcard-grant';
import { ECS_SCALING_FROM_ZERO } from './platform/ecs-scaling-from-zero';
import { ELASTICACHE_IAM_USER } from './platform/elasticache-iam-user';
import { ELASTICACHE_NO_AUTH } from './platform/elasticache-no-auth';
import { ELASTICACHE_NO_CONNECT_GRANT } from './platform/elasticache-no-connect-grant';
import { ELASTICACHE_PLAIN_STORAGE } from './platform/elasticache-plain-storage';
import { ELASTICACHE_PLAIN_TEXT } from './platform/elasticache-plain-text';
import { ELASTICACHE_PUBLIC_SUBNET } from './platform/elasticache-public-subnet';
import { ELASTICACHE_QUOTA } from './platform/elasticache-quota';
import { ELASTICACHE_UNREACHABLE } from './platform/elasticache-unreachable';
import { EVENTS_NO_DEAD_LETTER } from './platform/events-no-dead-letter';
import { FARGATE_ARCHITECTURE } from './platform/fargate-architecture';
import { FARGATE_GPU } from './platform/fargate-gpu';
import { FARGATE_QUOTA } from './platform/fargate-quota';
import { FARGATE_SIZE } from './platform/fargate-size';
import { FARGATE_UNREACHABLE_IMAGE } from './platform/fargate-unreachable-image';
import { LAMBDA_OPEN_PERMISSION } from './platform/lambda-open-permission';
import { LAMBDA_OPEN_URL } from './platform/lambda-open-url';
import { LAMBDA_SECRET_VARIABLE } from './platform/lambda-secret-variable';
import { RDS_UNREACHABLE } from './platform/rds-unreachable';
import { S3_RECURSION } from './platform/s3-recursion';
import { SAGEMAKER_WILDCARD_GRANT } from './platform/sagemaker-wildcard-grant';
import { SCHEDULER_NO_DEAD_LETTER } from './platform/scheduler-no-dead-letter';
import { SCHEDULER_QUOTA } from './platform/scheduler-quota';
import { SCHEDULER_RATE } from './platform/scheduler-rate';
import { SNS_NO_DEAD_LETTER } from './platform/sns-no-dead-letter';
import { SQS_QUOTA } from './platform/sqs-quota';
import { VPC_ENDPOINT_CLOSED } from './platform/vpc-endpoint-closed';
import { VPC_NAT_COUNT } from './platform/vpc-nat-count';
import { VPC_NAT_NEEDLESS } from './platform/vpc-nat-needless';
import { VPC_UNREACHABLE_INTERNET } from './platform/vpc-unreachable-internet';
import { VPC_UNREACHABLE_SERVICE } from './platform/vpc-unreachable-service';

/** Networks, caches, databases, grants of models, exposure, containers and data services. */
export const PLATFORM_RULES: readonly Rule[] = [
  VPC_ENDPOINT_CLOSED,
  VPC_NAT_COUNT,
  VPC_NAT_NEEDLESS,
  VPC_UNREACHABLE_INTERNET,
  VPC_UNREACHABLE_SERVICE,
  ELASTICACHE_IAM_USER,
  ELASTICACHE_NO_AUTH,
  ELASTICACHE_NO_CONNECT_GRANT,
  ELASTICACHE_PLAIN_STORAGE,
  ELASTICACHE_PLAIN_TEXT,
  ELASTICACHE_PUBLIC_SUBNET,
  ELASTICACHE_QUOTA,
  ELASTICACHE_UNREACHABLE,
  RDS_UNREACHABLE,
  BEDROCK_MODEL_QUOTA,
  BEDROCK_PROFILE_AS_MODEL,
  BEDROCK_PROFILE_REGIONS,
  BEDROCK_WILDCARD_GRANT,
  SAGEMAKER_WILDCARD_GRANT,
  LAMBDA_OPEN_PERMISSION,
  LAMBDA_OPEN_URL,
  LAMBDA_SECRET_VARIABLE,
  API_OPEN_ROUTE,
  FARGATE_ARCHITECTURE,
  FARGATE_GPU,
  FARGATE_QUOTA,
  FARGATE_SIZE,
  FARGATE_UNREACHABLE_IMAGE,
  ECS_SCALING_FROM_ZERO,
  AGENTCORE_ARCHITECTURE,
  AGENTCORE_LIFETIME,
  S3_RECURSION,
  SQS_QUOTA,
  SCHEDULER_NO_DEAD_LETTER,
  SCHEDULER_QUOTA,
  SCHEDULER_RATE,
  EVENTS_NO_DEAD_LETTER,
  SNS_NO_DEAD_LETTER,
];
