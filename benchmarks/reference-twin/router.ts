import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { type Artifacts, allow, functionRole, handlerCode, logGroup, NODE, publish, trace } from './functions';
import type { Workers } from './workers';
import { allowStart, type Machine } from './workflow';

const POLICY = {
  rules: [
    { name: 'research', when: { capabilities: ['research'] }, target: 'research' },
    { name: 'short', when: { maxTokens: 2_000, maxAttachments: 0 }, target: 'sentiment' },
  ],
  defaultTarget: 'workers',
};

export function createResponses(stack: Stack): s3.Bucket {
  return new s3.Bucket(stack, 'Responses', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
}

export interface RouterProps {
  readonly responses: s3.Bucket;
  readonly sentiment: lambda.Alias;
  readonly research: Machine;
  readonly workers: Workers;
}

/** The front function behind a URL for signed requests. */
export function createRouter(stack: Stack, artifacts: Artifacts, props: RouterProps): lambda.FunctionUrl {
  const { responses, sentiment, research, workers } = props;
  const group = logGroup(stack, 'RouterLogs', RemovalPolicy.DESTROY);
  const targets = {
    sentiment: { kind: 'function', functionArn: sentiment.functionArn },
    research: { kind: 'stateMachine', stateMachineArn: research.alias.attrArn },
    workers: {
      kind: 'queue',
      queueUrl: workers.queue.queueUrl,
      service: { cluster: workers.cluster.clusterName, service: workers.service.serviceName },
    },
  };
  const router = new lambda.Function(stack, 'RouterFunction', {
    ...NODE,
    code: handlerCode(artifacts, 'router'),
    role: functionRole(stack, 'RouterRole', group),
    logGroup: group,
    memorySize: 512,
    timeout: Duration.seconds(60),
    environment: {
      RESPONSE_BUCKET: responses.bucketName,
      ROUTING_POLICY: JSON.stringify(POLICY),
      ROUTE_TARGETS: stack.toJsonString(targets),
    },
  });
  trace(router);
  allow(router, ['s3:GetObject', 's3:PutObject'], [responses.arnForObjects('responses/*')]);
  sentiment.grantInvoke(router);
  allowStart(stack, research, router);
  allow(router, ['sqs:SendMessage'], [workers.queue.queueArn]);
  allow(router, ['ecs:DescribeServices', 'ecs:UpdateService'], [workers.service.serviceArn]);
  return publish(stack, 'RouterLive', router).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
}
