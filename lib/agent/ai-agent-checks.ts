import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Token } from 'aws-cdk-lib/core';
import { DURABLE_EXECUTION_TIMEOUT, DURABLE_RETENTION, DURABLE_RUNTIMES } from '../quotas/durable-quotas';
import {
  LAMBDA_CONCURRENCY,
  LAMBDA_ENVIRONMENT_VARIABLES,
  LAMBDA_EPHEMERAL_STORAGE,
  LAMBDA_MEMORY,
  LAMBDA_TIMEOUT,
} from '../quotas/lambda-quotas';
import { checkQuota, type Findings, mebibytes, noFindings, seconds } from '../validation/check-quota';
import type { AgentPlacement } from './agent-placement';
import { type AiAgentFunctionProps, StreamTransport } from './ai-agent-function-props';

const SECONDS_PER_DAY = 86_400;
/** Lets a runtime that cannot stream by itself run behind a web server, such as the Lambda Web Adapter. */
const EXEC_WRAPPER = 'AWS_LAMBDA_EXEC_WRAPPER';

/** Everything that can be said about the props before anything is created. */
export function checkAgentProps(props: AiAgentFunctionProps, runtime: lambda.Runtime, placement?: AgentPlacement): Findings {
  const findings = noFindings();
  props.code._check(findings, runtime);
  checkFunction(findings, props);
  checkEnvironment(findings, props.environment ?? {});
  checkNetwork(findings, props, placement);
  checkModels(findings, props, placement);
  checkStreaming(findings, props, runtime, placement);
  checkDurable(findings, props, runtime);
  props.concurrency?._check(findings, props.reservedConcurrentExecutions);
  return findings;
}

/** How the stream leaves, or undefined when nothing is streamed. */
export function transportOf(props: AiAgentFunctionProps, placement?: AgentPlacement): StreamTransport | undefined {
  if (!props.responseStreaming) return undefined;
  return props.streamVia ?? (placement || props.streamAuthorizer ? StreamTransport.REST_API : StreamTransport.FUNCTION_URL);
}

/** Names and values count together; what is a token counts nothing. */
export function checkEnvironment(findings: Findings, environment: Readonly<Record<string, unknown>>): void {
  const bytes = Object.entries(environment)
    .filter(([, value]) => typeof value === 'string' && !Token.isUnresolved(value))
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value as string), 0);
  checkQuota(findings, 'environment', bytes, LAMBDA_ENVIRONMENT_VARIABLES, 'keep large values in S3 or Parameter Store and name them here');
}

function checkFunction(findings: Findings, props: AiAgentFunctionProps): void {
  checkQuota(findings, 'timeout', seconds(props.timeout), LAMBDA_TIMEOUT, 'use WorkflowStateMachine or durable for longer work');
  checkQuota(findings, 'memorySize', props.memorySize, LAMBDA_MEMORY, 'use QueueWorkerService for more');
  checkWhole(findings, 'memorySize', props.memorySize);
  checkQuota(
    findings,
    'ephemeralStorageSize',
    mebibytes(props.ephemeralStorageSize),
    LAMBDA_EPHEMERAL_STORAGE,
    'keep what is larger in S3 or EFS',
  );
  const reserved = props.reservedConcurrentExecutions;
  checkWhole(findings, 'reservedConcurrentExecutions', reserved);
  if (reserved !== undefined && !Token.isUnresolved(reserved) && reserved < 0) {
    findings.problems.push(`reservedConcurrentExecutions must be at least 0, got ${reserved}`);
  }
  checkQuota(findings, 'reservedConcurrentExecutions', reserved, LAMBDA_CONCURRENCY, 'ask for a higher concurrency quota first');
}

function checkNetwork(findings: Findings, props: AiAgentFunctionProps, placement?: AgentPlacement): void {
  if (props.network && props.vpc) findings.problems.push('network and vpc exclude each other; state one of them');
  for (const prop of ['vpcSubnets', 'securityGroups'] as const) {
    if (props[prop] && !placement) findings.problems.push(`${prop} needs a VPC; set network or vpc`);
  }
  const demanded = props.memory?.vpc;
  if (demanded && placement && demanded !== placement.vpc) {
    findings.problems.push(
      `memory is in ${demanded.node.path}, the function in ${placement.vpc.node.path}; put both into one network, or use ChatMemory.dynamoDb`,
    );
  }
}

function checkModels(findings: Findings, props: AiAgentFunctionProps, placement?: AgentPlacement): void {
  const models = props.models ?? [];
  for (const model of models) findings.problems.push(...model._problems());
  if (!placement || placement.hasInternetEgress) return;
  for (const { _internetUrl: url } of models) {
    if (url === undefined) continue;
    findings.problems.push(
      `models: ${Token.isUnresolved(url) ? 'the endpoint' : url} is out of reach for a function without a route to the internet; ` +
        'give the network a NAT gateway (natGateways: 1), keep memory in ChatMemory.dynamoDb and the function outside the VPC, ' +
        'or call the model from a second function outside the VPC through PrivateEndpoint.LAMBDA',
    );
  }
  if (!placement.network && models.length > 0) {
    const services = [...new Set(models.flatMap((model) => model._endpoints.map(({ serviceName }) => serviceName)))].join(', ');
    findings.warnings.push({
      id: 'serverless-ai:vpc.endpoints',
      message: `the function's subnets have no route to the internet, so the VPC must have endpoints for ${services}; pass network: PrivateNetwork.fromVpc(...), which adds them, or acknowledge that they are there`,
    });
  }
}

function checkStreaming(findings: Findings, props: AiAgentFunctionProps, runtime: lambda.Runtime, placement?: AgentPlacement): void {
  if (!props.responseStreaming) {
    for (const prop of ['streamVia', 'streamAuthorizer', 'streamThrottle'] as const) {
      if (props[prop] !== undefined) findings.problems.push(`${prop} has no effect without responseStreaming; set responseStreaming: true`);
    }
    return;
  }
  const managed = runtime.family !== lambda.RuntimeFamily.OTHER;
  if (managed && runtime.family !== lambda.RuntimeFamily.NODEJS && !props.environment?.[EXEC_WRAPPER]) {
    findings.problems.push(
      `responseStreaming needs a Node.js runtime, got ${runtime.name}; set ${EXEC_WRAPPER} (Lambda Web Adapter) or use ContainerInferenceFunction`,
    );
  }
  if (transportOf(props, placement) !== StreamTransport.FUNCTION_URL) return;
  for (const prop of ['streamAuthorizer', 'streamThrottle'] as const) {
    if (props[prop] !== undefined) findings.problems.push(`${prop} belongs to a REST API; use streamVia: StreamTransport.REST_API`);
  }
  if (placement) {
    findings.warnings.push({
      id: 'serverless-ai:lambda.stream.vpc',
      message:
        'AWS does not support response streaming by function URL for a function in a VPC; leave streamVia out to stream by REST API, or acknowledge that you tested it',
    });
  }
}

function checkDurable(findings: Findings, props: AiAgentFunctionProps, runtime: lambda.Runtime): void {
  const { durable } = props;
  if (!durable) return;
  checkQuota(findings, 'durable.executionTimeout', seconds(durable.executionTimeout), DURABLE_EXECUTION_TIMEOUT, 'split the work');
  const retention = seconds(durable.retentionPeriod);
  const days = retention === undefined ? undefined : retention / SECONDS_PER_DAY;
  checkQuota(findings, 'durable.retentionPeriod', days, DURABLE_RETENTION, 'leave it out for 14 days');
  checkWhole(findings, 'durable.retentionPeriod in days', days);
  if (!DURABLE_RUNTIMES.names.includes(runtime.name) && !Token.isUnresolved(runtime.name)) {
    findings.problems.push(`durable needs one of ${DURABLE_RUNTIMES.names.join(', ')}, got ${runtime.name}`);
  }
  if (props.responseStreaming) findings.problems.push('durable and responseStreaming exclude each other; stream from a second function');
}

function checkWhole(findings: Findings, prop: string, value: number | undefined): void {
  if (value === undefined || Token.isUnresolved(value) || Number.isInteger(value)) return;
  findings.problems.push(`${prop} must be a whole number, got ${value}`);
}
