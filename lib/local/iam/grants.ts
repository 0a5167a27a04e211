/**
 * The call of a CDK construct that gives an action, for the notice of a denial. What is not listed is best given with `addToPrincipalPolicy`.
 * Source: https://docs.aws.amazon.com/cdk/v2/guide/permissions.html
 */
const GRANTS: readonly (readonly [RegExp, string])[] = [
  [/^dynamodb:(GetItem|BatchGetItem|Query|Scan|ConditionCheckItem|DescribeTable)$/, 'table.grantReadData(grantee)'],
  [/^dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem)$/, 'table.grantWriteData(grantee)'],
  [/^s3:(GetObject|ListBucket)/, 'bucket.grantRead(grantee)'],
  [/^s3:(PutObject|AbortMultipartUpload)/, 'bucket.grantPut(grantee)'],
  [/^s3:DeleteObject/, 'bucket.grantDelete(grantee)'],
  [/^sqs:SendMessage$/, 'queue.grantSendMessages(grantee)'],
  [/^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)$/, 'queue.grantConsumeMessages(grantee)'],
  [/^sns:Publish$/, 'topic.grantPublish(grantee)'],
  [/^events:PutEvents$/, 'eventBus.grantPutEventsTo(grantee)'],
  [/^states:(StartExecution|StartSyncExecution)$/, 'stateMachine.grantStartExecution(grantee)'],
  [/^states:SendTask/, 'stateMachine.grantTaskResponse(grantee)'],
  [/^states:(Describe|List|Get)/, 'stateMachine.grantRead(grantee)'],
  [/^states:RedriveExecution$/, 'stateMachine.grantRedriveExecution(grantee)'],
  [/^lambda:InvokeFunctionUrl$/, 'fn.grantInvokeUrl(grantee)'],
  [/^lambda:InvokeFunction$/, 'fn.grantInvoke(grantee)'],
  [/^secretsmanager:(GetSecretValue|DescribeSecret)$/, 'secret.grantRead(grantee)'],
  [/^secretsmanager:(PutSecretValue|UpdateSecret)$/, 'secret.grantWrite(grantee)'],
  [/^ssm:GetParameter/, 'parameter.grantRead(grantee)'],
  [/^kms:Decrypt$/, 'key.grantDecrypt(grantee)'],
  [/^kms:(Encrypt|ReEncrypt|GenerateDataKey)/, 'key.grantEncrypt(grantee)'],
  [/^sts:AssumeRole$/, 'role.grantAssumeRole(grantee)'],
  [/^iam:PassRole$/, 'role.grantPassRole(grantee)'],
  [/^cloudwatch:PutMetricData$/, 'cloudwatch.Metric.grantPutMetricData(grantee)'],
  [/^logs:(CreateLogStream|PutLogEvents)$/, 'logGroup.grantWrite(grantee)'],
  [/^ecr:/, 'repository.grantPull(grantee)'],
  [/^bedrock:InvokeModel/, 'AgentModel of the AiAgentFunction, or model.grantInvoke(grantee)'],
];

export function grantFor(action: string): string | undefined {
  return GRANTS.find(([pattern]) => pattern.test(action))?.[1];
}
