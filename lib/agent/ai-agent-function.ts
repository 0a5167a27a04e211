import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LAMBDA_MEMORY_PER_VCPU } from '../quotas/lambda-quotas';
import { acknowledge } from '../validation/acknowledge';
import { noFindings, reportWarnings } from '../validation/check-quota';
import { failOn, ValidationError } from '../validation/validation-error';
import { type AgentPlacement, placementOf } from './agent-placement';
import { createAgentRole } from './agent-role';
import { checkAgentProps, checkEnvironment, transportOf } from './ai-agent-checks';
import { type AiAgentFunctionProps, StreamTransport } from './ai-agent-function-props';
import { checkPackageSize } from './package-size';
import { addStreamUrl, StreamApi } from './stream-endpoint';

/** Everything calls the function by this alias. */
const ALIAS_NAME = 'live';
const QUEUE_RETENTION = Duration.days(14);

/**
 * A Lambda function with what an agent needs: models it may call, memory of conversations, streamed answers, warm environments, logs,
 * traces and a queue for events that failed. Callers use `alias`.
 *
 * Throws a ValidationError at synth that names every problem of its props.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export class AiAgentFunction extends Construct implements iam.IGrantable, ec2.IConnectable {
  readonly function: lambda.Function;
  /** `live`, always the newest version; the function's qualified ARN. */
  readonly alias: lambda.Alias;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;
  /** Asynchronous events that failed for good. */
  readonly onFailureQueue: sqs.Queue;
  /** Function URL, when the stream leaves by one. */
  readonly streamUrl?: lambda.FunctionUrl;
  /** REST API, when the stream leaves by one. */
  readonly streamApi?: apigateway.RestApi;
  readonly grantPrincipal: iam.IPrincipal;
  private readonly stream?: StreamApi;

  constructor(scope: Construct, id: string, props: AiAgentFunctionProps) {
    super(scope, id);
    const runtime = props.runtime ?? lambda.Runtime.NODEJS_24_X;
    const placement = placementOf(props);
    const findings = checkAgentProps(props, runtime, placement);
    failOn(this, 'AiAgentFunction.InvalidProps', findings.problems);
    reportWarnings(this, findings);

    this.logGroup = new logs.LogGroup(this, 'Logs', { retention: logRetentionOf(props) });
    this.role = createAgentRole(this, 'Role', { logGroup: this.logGroup, inVpc: placement !== undefined, durable: !!props.durable });
    this.grantPrincipal = this.role;
    this.onFailureQueue = this.createFailureQueue();
    this.function = this.createFunction(props, runtime, placement);
    this.alias = this.createAlias(props);
    this.connectModels(props, placement);
    props.memory?.bindToFunction(this.function);
    props.concurrency?._apply(this.alias);

    const transport = transportOf(props, placement);
    if (transport === StreamTransport.FUNCTION_URL) this.streamUrl = addStreamUrl(this.alias);
    if (transport === StreamTransport.REST_API) this.stream = this.createStreamApi(props);
    this.streamApi = this.stream?.api;
    this.node.addValidation({ validate: () => this.environmentProblems() });
  }

  /** Network rules of the function; only in a VPC. */
  get connections(): ec2.Connections {
    return this.function.connections;
  }

  /** Address that streams, whichever way: POST a JSON object to it. */
  get streamEndpoint(): string | undefined {
    return this.streamUrl?.url ?? this.streamApi?.url;
  }

  /** Lets a principal call the alias. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.alias.grantInvoke(grantee);
  }

  /** Lets a principal call `streamEndpoint` with IAM credentials. */
  grantInvokeUrl(grantee: iam.IGrantable): iam.Grant {
    if (this.streamUrl) return this.streamUrl.grantInvokeUrl(grantee);
    if (this.stream) return this.stream.grantInvoke(grantee);
    throw new ValidationError('AiAgentFunction.NotStreaming', this.node.path, ['there is no stream to grant; set responseStreaming: true']);
  }

  metricInvocations(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.alias.metricInvocations(props);
  }

  metricErrors(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.alias.metricErrors(props);
  }

  metricDuration(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.alias.metricDuration(props);
  }

  metricThrottles(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.alias.metricThrottles(props);
  }

  private createFailureQueue(): sqs.Queue {
    const queue = new sqs.Queue(this, 'OnFailure', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: QUEUE_RETENTION,
    });
    const reason = 'this queue is where failed events end; nothing consumes it automatically';
    acknowledge(queue, { id: 'AwsSolutions::AwsSolutions-SQS3', reason });
    acknowledge(queue, { id: 'Serverless::Serverless-SQSRedrivePolicy', reason });
    return queue;
  }

  private createFunction(props: AiAgentFunctionProps, runtime: lambda.Runtime, placement?: AgentPlacement): lambda.Function {
    const built = props.code._bind(this, runtime);
    try {
      if (built.size) {
        const findings = noFindings();
        checkPackageSize(findings, built.size);
        failOn(this, 'AiAgentFunction.PackageTooLarge', findings.problems);
        reportWarnings(this, findings);
      }
      const fn = new lambda.Function(this, 'Function', {
        code: built.code,
        runtime,
        handler: props.handler ?? 'index.handler',
        role: this.role,
        logGroup: this.logGroup,
        loggingFormat: lambda.LoggingFormat.JSON,
        architecture: props.architecture ?? lambda.Architecture.ARM_64,
        memorySize: props.memorySize ?? LAMBDA_MEMORY_PER_VCPU.max,
        timeout: timeoutOf(props),
        description: props.description,
        layers: props.layers,
        ephemeralStorageSize: props.ephemeralStorageSize,
        environment: { ...props.models?.[0]?._variables(), ...props.environment },
        reservedConcurrentExecutions: props.reservedConcurrentExecutions,
        vpc: placement?.vpc,
        vpcSubnets: placement?.subnets,
        securityGroups: placement && props.securityGroups,
        durableConfig: props.durable,
        // A durable execution resumes on the version that started it, with Lambda's dead-letter queue as its only failure destination.
        deadLetterQueue: props.durable ? this.onFailureQueue : undefined,
        currentVersionOptions: props.durable ? { removalPolicy: RemovalPolicy.RETAIN } : undefined,
      });
      // Set here rather than by the L2, which would add the wildcard of X-Ray to the policy that holds the user's grants.
      (fn.node.defaultChild as lambda.CfnFunction).tracingConfig = { mode: lambda.Tracing.ACTIVE };
      return fn;
    } finally {
      built.release();
    }
  }

  private createAlias(props: AiAgentFunctionProps): lambda.Alias {
    const alias = new lambda.Alias(this, 'Alias', { aliasName: ALIAS_NAME, version: this.function.currentVersion });
    if (!props.durable) {
      alias.configureAsyncInvoke({
        onFailure: {
          bind: (_scope, fn) => {
            this.onFailureQueue.grantSendMessages(fn);
            return { destination: this.onFailureQueue.queueArn };
          },
        },
      });
      acknowledge(this.function, {
        id: 'Serverless::Serverless-LambdaDLQ',
        reason: 'the alias has an on-failure destination; a dead-letter queue beside it would hold the same events without their error',
      });
    }
    return alias;
  }

  private connectModels(props: AiAgentFunctionProps, placement?: AgentPlacement): void {
    const models = props.models ?? [];
    const statements = models.flatMap((model) => model._statements(this.function));
    if (statements.length > 0) {
      const policy = new iam.Policy(this, 'Models', { roles: [this.role], statements });
      acknowledgeWildcardRegions(policy, statements);
    }
    for (const model of models) model._grant(this.function);
    if (!placement?.network) return;
    placement.network.allowEndpointsFrom(this);
    if (placement.hasInternetEgress) return;
    for (const endpoint of models.flatMap((model) => model._endpoints)) placement.network.requireEndpoint(endpoint);
  }

  private createStreamApi(props: AiAgentFunctionProps): StreamApi {
    return new StreamApi(this, 'Stream', {
      alias: this.alias,
      functionTimeout: timeoutOf(props),
      authorizer: props.streamAuthorizer,
      throttle: props.streamThrottle,
      logRetention: logRetentionOf(props),
    });
  }

  /** Again at synth: other constructs add variables after this one was made. */
  private environmentProblems(): string[] {
    const findings = noFindings();
    const { environment } = this.function.node.defaultChild as lambda.CfnFunction;
    const resolved = Stack.of(this).resolve(environment) as { variables?: Record<string, unknown> } | undefined;
    checkEnvironment(findings, resolved?.variables ?? {});
    return findings.problems;
  }
}

function timeoutOf(props: AiAgentFunctionProps): Duration {
  return props.timeout ?? Duration.minutes(5);
}

function logRetentionOf(props: AiAgentFunctionProps): logs.RetentionDays {
  return props.logRetention ?? logs.RetentionDays.ONE_MONTH;
}

/** An environment-agnostic stack cannot name the Regions of a profile. */
function acknowledgeWildcardRegions(policy: iam.Policy, statements: iam.PolicyStatement[]): void {
  const wildcards = statements.flatMap((statement) => statement.resources).filter((arn) => arn.includes(':bedrock:*:'));
  for (const arn of wildcards) {
    acknowledge(policy, {
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arn.replace(Stack.of(policy).partition, '<AWS::Partition>')}]`,
      reason:
        'Bedrock routes the profile to Regions that depend on where the stack goes; the condition admits calls through this profile only',
    });
  }
}
