import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, DockerImageFunction, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { executionRole, trace } from '../handlers/execution-role';
import { neededTemporaryStorage } from '../images/model-sizing';
import { acknowledge } from '../validation/acknowledge';
import { reportWarnings } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import type { ContainerInferenceFunctionProps } from './container-inference-function-props';
import type { ImageHome } from './image-home';
import { InferenceAgentRuntime } from './inference-agent-runtime';
import type { InferenceAgentRuntimeOptions } from './inference-agent-runtime-props';
import { checkInference } from './inference-checks';
import { InferenceTask } from './inference-task';
import type { InferenceTaskOptions } from './inference-task-props';
import { defaultMemory, defaultTimeout } from './model-sizing';

/**
 * A Lambda function from a container image that holds or fetches a model. Callers invoke `alias`, which always points to the newest
 * version. Costs nothing while idle, unless `concurrency` is set; the image is stored in ECR.
 */
export class ContainerInferenceFunction extends Construct implements IGrantable, IConnectable {
  /** The function; grants and variables go here. */
  public readonly function: DockerImageFunction;
  /** Alias `live`; calls go here. */
  public readonly alias: Alias;
  public readonly logGroup: LogGroup;
  public readonly grantPrincipal: IPrincipal;
  private readonly architecture: Architecture;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ContainerInferenceFunctionProps,
  ) {
    super(scope, id);
    this.architecture = props.architecture ?? Architecture.ARM_64;
    props.image._prepare(this);
    const findings = checkInference(this, { ...props, architecture: this.architecture });
    failOn(this, 'ContainerInferenceFunction.InvalidProps', findings.problems);
    reportWarnings(this, findings);

    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = this.createFunction(props);
    trace(this.function);
    acknowledge(this.function, {
      id: 'Serverless::Serverless-LambdaDLQ',
      reason: 'inference is called synchronously; where it is not, onFailure sets a destination on the alias',
    });
    this.grantPrincipal = this.function.grantPrincipal;
    props.model?._grantRead(this.function);
    this.alias = this.createAlias(props);
  }

  /** The function's security groups; it has some only in a VPC. */
  public get connections(): Connections {
    return this.function.connections;
  }

  /** Lets somebody invoke the alias. */
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

  /**
   * The same image as a task of Fargate: a worker of a queue, or an HTTP server on port 8080. The task may read the model.
   *
   * @param id id of the task within this construct
   */
  public asFargateTask(id: string, options: InferenceTaskOptions = {}): InferenceTask {
    return new InferenceTask(this, id, { inference: this, ...options });
  }

  /**
   * The same image as an AgentCore runtime. The runtime may read the model.
   *
   * @param id id of the runtime within this construct
   */
  public asAgentRuntime(id: string, options: InferenceAgentRuntimeOptions = {}): InferenceAgentRuntime {
    return new InferenceAgentRuntime(this, id, { inference: this, ...options });
  }

  /**
   * The same image for `QueueWorkerService` or a task definition of yours. A model in S3 takes `modelEnvironment` and `grantReadModel` too.
   *
   * @param id id of the image within this construct
   */
  public asContainerImage(id: string): ContainerImage {
    return this._home(new Construct(this, id)).artifact.containerImage;
  }

  /** Variables through which the handler finds its model. */
  public get modelEnvironment(): Record<string, string> {
    return this.props.model?._environment() ?? {};
  }

  /** Lets somebody read a model in S3; one in the image needs no grant. */
  public grantReadModel(grantee: IGrantable): void {
    this.props.model?._grantRead(grantee);
  }

  /**
   * What another home of the image has to know.
   * @internal
   */
  public _home(scope: Construct): ImageHome {
    const { image, model } = this.props;
    const use = { scope, architecture: this.architecture, model };
    return {
      image,
      artifact: image._artifact(use),
      architecture: this.architecture,
      model,
      memory: this.memorySize,
      fetchedMebibytes: model?._temporaryMebibytes() ?? 0,
      imageMebibytes: image._knownMebibytes(use),
    };
  }

  private get memorySize(): number {
    return this.props.memorySize ?? defaultMemory(this.modelMebibytes);
  }

  private get modelMebibytes(): number {
    const { model, image } = this.props;
    return (model?._mebibytes(image._directory) ?? 0) + image._modelMebibytes;
  }

  private createFunction(props: ContainerInferenceFunctionProps): DockerImageFunction {
    const { architecture } = this;
    const temporary = neededTemporaryStorage(props.model?._temporaryMebibytes() ?? 0);
    return new DockerImageFunction(this, 'Function', {
      code: props.image._code({ scope: this, architecture, model: props.model }),
      architecture,
      role: executionRole(this, 'Role', this.logGroup, { vpc: props.vpc !== undefined }),
      memorySize: this.memorySize,
      timeout: props.timeout ?? Duration.seconds(defaultTimeout(this.modelMebibytes)),
      ephemeralStorageSize: props.ephemeralStorageSize ?? Size.mebibytes(temporary),
      environment: { ...props.model?._environment(), ...props.environment },
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
      description: props.description,
    });
  }

  private createAlias(props: ContainerInferenceFunctionProps): Alias {
    const alias = new Alias(this, 'Live', { aliasName: 'live', version: this.function.currentVersion });
    props.concurrency?._apply(alias);
    if (props.onFailure) alias.configureAsyncInvoke({ onFailure: props.onFailure });
    return alias;
  }
}
