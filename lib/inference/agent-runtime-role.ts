import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from '../validation/acknowledge-wildcard';

const LOG_GROUPS = '/aws/bedrock-agentcore/runtimes/';
const LOG_REASON = 'the service makes the names of log groups and streams from the name of the runtime, and looks its group up';

/**
 * Execution role of one AgentCore runtime: it pulls one repository, writes the runtime's own logs, traces, and the service's metrics. Access
 * tokens for other services are left out: an inference handler asks for none.
 * Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
export function agentRuntimeRole(scope: Construct, id: string, runtimeName: string, repository: IRepository): Role {
  const stack = Stack.of(scope);
  const logGroup = (name: string) =>
    stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: name, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const own = logGroup(`${LOG_GROUPS}${runtimeName}-*`);
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('bedrock-agentcore.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({ service: 'bedrock-agentcore', resource: 'runtime', resourceName: `${runtimeName}*` }),
        },
      },
    }),
    inlinePolicies: {
      Platform: new PolicyDocument({
        statements: [
          allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], repository.repositoryArn),
          allow(['ecr:GetAuthorizationToken'], '*'),
          allow(['logs:CreateLogGroup', 'logs:DescribeLogStreams'], own),
          allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `${own}:log-stream:*`),
          allow(['logs:DescribeLogGroups'], logGroup('*')),
          allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*'),
          new PolicyStatement({
            actions: ['cloudwatch:PutMetricData'],
            resources: ['*'],
            conditions: { StringEquals: { 'cloudwatch:namespace': 'bedrock-agentcore' } },
          }),
        ],
      }),
    },
  });
  const resource = role.node.findChild('Resource');
  for (const each of [own, `${own}:log-stream:*`, logGroup('*')]) acknowledgeWildcard(resource, each, LOG_REASON);
  acknowledgeWildcard(resource, '*', 'pull tokens, traces and metrics take no resource');
  return role;
}

function allow(actions: string[], resource: string): PolicyStatement {
  return new PolicyStatement({ actions, resources: [resource] });
}
