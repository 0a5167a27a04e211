import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IConnectable, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, DockerImageFunction, type IDestination, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ProvisionedConcurrency } from '../concurrency/provisioned-concurrency';
import { executionRole, trace } from '../handlers/execution-role';
import { acknowledge } from '../validation/acknowledge';
import { reportWarnings } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import { checkInference } from './inference-checks';
import type { InferenceImage } from './inference-image';
import { defaultMemory, neededTemporaryStorage } from './model-sizing';
import type { ModelSource } from './model-source';

/** Properties of ContainerInferenceFunction. */
export interface ContainerInferenceFunctionProps {
  /** The container image. */
  readonly image: InferenceImage;
  /**
   * Where the weights are; memory and /tmp are sized by them, and reading them is granted.
   * @default - the image brings what it needs, and nothing is checked
   */
  readonly model?: ModelSource;
  /**
   * Architecture of the image and of the function.
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;
  /**
   * Memory in MB; CPU grows with it.
   * @default - 1,769 MB (one vCPU), or more where the model needs it
   */
  readonly memorySize?: number;
  /**
   * Longest time that one request may take, including the load of the model where an environment is cold.
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;
  /**
   * Size of /tmp.
   * @default - 512 MiB, or what a model in S3 needs
   */
  readonly ephemeralStorageSize?: Size;
  /**
   * Environments that are kept initialized.
   * @default - none
   */
  readonly concurrency?: ProvisionedConcurrency;
  /**
   * Environments at most. A new account has too few for any reservation.
   * @default - no reservation
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Variables of the handler.
   * @default - none beyond those of the model
   */
  readonly environment?: Record<string, string>;
  /**
   * VPC of the function. A model in S3 then needs the gateway endpoint of S3.
   * @default - no VPC
   */
  readonly vpc?: IVpc;
  /**
   * Subnets in that VPC.
   * @default - private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Security groups in that VPC.
   * @default - a group of its own
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Where asynchronous events go that failed; set on the alias, since that is what is invoked.
   * @default - nowhere: inference is usually called synchronously
   */
  readonly onFailure?: IDestination;
  /**
   * How long logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * Description of the function.
   * @default - none
   */
  readonly description?: string;
}

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

  constructor(scope: Construct, id: string, props: ContainerInferenceFunctionProps) {
    super(scope, id);
    const architecture = props.architecture ?? Architecture.ARM_64;
    props.image._prepare(this);
    const findings = checkInference(this, { ...props, architecture });
    failOn(this, 'ContainerInferenceFunction.InvalidProps', findings.problems);
    reportWarnings(this, findings);

    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = this.createFunction(props, architecture);
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

  private createFunction(props: ContainerInferenceFunctionProps, architecture: Architecture): DockerImageFunction {
    const modelMebibytes = (props.model?._mebibytes(props.image._directory) ?? 0) + props.image._modelMebibytes;
    const temporary = neededTemporaryStorage(props.model?._temporaryMebibytes() ?? 0);
    return new DockerImageFunction(this, 'Function', {
      code: props.image._code({ scope: this, architecture, model: props.model }),
      architecture,
      role: executionRole(this, 'Role', this.logGroup, { vpc: props.vpc !== undefined }),
      memorySize: props.memorySize ?? defaultMemory(modelMebibytes),
      timeout: props.timeout ?? Duration.seconds(60),
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
