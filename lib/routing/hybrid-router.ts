import type { HttpApi, IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, type IGrantable, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  type FunctionUrl,
  FunctionUrlAuthType,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { RESPONSE_PREFIX, type RouteTargets } from '../../lambda/contract/routing';
import { executionRole, trace } from '../handlers/execution-role';
import { handlerDirectory } from '../handlers/handler-asset';
import { acknowledge } from '../validation/acknowledge';
import { acknowledgeWildcard } from '../validation/acknowledge-wildcard';
import { reportWarnings } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import { createHttpApi } from './front-door';
import type { IRequestRouter, RouteTarget } from './route-target';
import { checkRouter, variableProblems } from './router-checks';
import type { RoutingPolicy } from './routing-policy';
import { targetData, targetProblem } from './target-data';

/** Properties of HybridRouter. */
export interface HybridRouterProps {
  /** Which request goes to which target. */
  readonly policy: RoutingPolicy;
  /** The targets by the names that the policy uses. */
  readonly targets: Record<string, RouteTarget>;
  /**
   * Says who calls. With it the router stands behind an HTTP API (30 s); without it behind a function URL that takes requests signed
   * with IAM credentials.
   * @default - function URL with IAM
   */
  readonly authorizer?: IHttpRouteAuthorizer;
  /**
   * Longest time that a caller waits for a function or an endpoint.
   * @default - 29 s behind an HTTP API, 60 s behind a function URL
   */
  readonly timeout?: Duration;
  /**
   * How long responses of long work can be read.
   * @default Duration.days(7)
   */
  readonly responseRetention?: Duration;
  /**
   * How long logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}

/**
 * One front door for work of different size: a policy that is data sends each request to a function, a state machine, containers on a
 * queue, or an endpoint. Long targets answer 202 with an id, and `GET /responses/{id}` tells what became of it.
 */
export class HybridRouter extends Construct implements IRequestRouter {
  /** The front function. */
  public readonly function: LambdaFunction;
  /** Alias `live` of the front function, which the front door invokes. */
  public readonly alias: Alias;
  /** Responses of long work, one object each. */
  public readonly responseBucket: Bucket;
  /** URL of the front door. */
  public readonly endpoint: string;
  /** The HTTP API, where an authorizer is set. */
  public readonly httpApi?: HttpApi;
  /** The function URL, where none is set. */
  public readonly functionUrl?: FunctionUrl;
  public readonly grantPrincipal: IPrincipal;
  public readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: HybridRouterProps) {
    super(scope, id);
    const findings = checkRouter(props);
    failOn(this, 'HybridRouter.InvalidProps', findings.problems);
    reportWarnings(this, findings);

    this.responseBucket = this.createResponseBucket(props);
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = this.createFunction(props);
    this.grantPrincipal = this.function.grantPrincipal;
    this.grantResponses();
    this.bindTargets(props);
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: this.function.currentVersion });

    if (props.authorizer) this.httpApi = createHttpApi(this, this.alias, props.authorizer);
    else this.functionUrl = this.alias.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    this.endpoint = this.httpApi?.apiEndpoint ?? this.functionUrl?.url ?? '';
  }

  /** Lets somebody call the function URL; behind an HTTP API its authorizer decides. */
  public grantInvokeUrl(grantee: IGrantable): Grant {
    return this.functionUrl?.grantInvokeUrl(grantee) ?? Grant.drop(grantee, 'the authorizer of the HTTP API decides who may call');
  }

  /** Lets somebody invoke the router by the Lambda API. */
  public grantInvoke(grantee: IGrantable): Grant {
    return this.alias.grantInvoke(grantee);
  }

  public metricInvocations(props?: MetricOptions): Metric {
    return this.alias.metricInvocations(props);
  }

  public metricErrors(props?: MetricOptions): Metric {
    return this.alias.metricErrors(props);
  }

  public metricDuration(props?: MetricOptions): Metric {
    return this.alias.metricDuration(props);
  }

  public metricThrottles(props?: MetricOptions): Metric {
    return this.alias.metricThrottles(props);
  }

  private createResponseBucket(props: HybridRouterProps): Bucket {
    const bucket = new Bucket(this, 'Responses', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: props.responseRetention ?? Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    acknowledge(bucket, {
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'objects live for days and only the router and its workers can reach them; CloudTrail data events can record access',
    });
    return bucket;
  }

  private createFunction(props: HybridRouterProps): LambdaFunction {
    const fn = new LambdaFunction(this, 'Function', {
      code: Code.fromAsset(handlerDirectory('router')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: props.timeout ?? Duration.seconds(props.authorizer ? 29 : 60),
      role: executionRole(this, 'Role', this.logGroup, { vpc: false }),
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
    });
    trace(fn);
    acknowledge(fn, {
      id: 'Serverless::Serverless-LambdaDLQ',
      reason: 'the router answers its callers synchronously, so a failure is theirs to see',
    });
    return fn;
  }

  private grantResponses(): void {
    const objects = this.responseBucket.arnForObjects(`${RESPONSE_PREFIX}*`);
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [objects] }));
    const policy = this.function.role?.node.tryFindChild('DefaultPolicy');
    if (policy)
      acknowledgeWildcard(policy as Construct, objects, 'the id of a response is made at run time; the bucket holds nothing else');
    this.function.addEnvironment(Env.responseBucket, this.responseBucket.bucketName);
  }

  private bindTargets({ policy, targets }: HybridRouterProps): void {
    const configs = Object.entries(targets).map(([name, target]) => [name, target.bind(this)] as const);
    const problems = configs.flatMap(([name, config]) => targetProblem(name, config) ?? []);
    failOn(this, 'HybridRouter.InvalidTarget', problems);

    const data: RouteTargets = Object.fromEntries(configs.map(([name, config]) => [name, targetData(config)]));
    const variables = { [Env.routingPolicy]: JSON.stringify(policy._data()), [Env.routeTargets]: Stack.of(this).toJsonString(data) };
    failOn(this, 'HybridRouter.InvalidProps', variableProblems(this, variables));
    for (const [name, value] of Object.entries(variables)) this.function.addEnvironment(name, value);
  }
}
