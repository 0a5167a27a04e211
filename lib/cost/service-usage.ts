// Longer than 250 lines: one static for each service, and nothing else.

import { usageProblems } from './check-usage';
import { CostError } from './cost-error';
import type { Service } from './service';
import { SERVICES } from './service-table';
import { type Usage, usageOf } from './usage';
import type {
  CloudflareContainersUsage,
  CloudflareWorkersUsage,
  CloudflareWorkflowsUsage,
  CloudRunInstancesUsage,
  CloudRunUsage,
  VercelUsage,
} from './usage/comparison-usages';
import type { AgentCoreUsage, Ec2Usage, FargateUsage } from './usage/container-usages';
import type { AuroraServerlessUsage, DynamoDbUsage, ElastiCacheNodesUsage, ElastiCacheServerlessUsage, S3Usage } from './usage/data-usages';
import type {
  DurableUsage,
  EventSourceProvisionedUsage,
  LambdaEdgeUsage,
  LambdaUsage,
  ManagedInstancesUsage,
  MicroVmUsage,
  SnapStartUsage,
  TenantIsolationUsage,
} from './usage/lambda-usages';
import type { EventBridgeUsage, SchedulerUsage, SnsUsage, SqsUsage } from './usage/message-usages';
import type { ModelTokensUsage, SageMakerInstancesUsage, SageMakerServerlessUsage } from './usage/model-usages';
import type {
  HttpApiUsage,
  InterfaceEndpointUsage,
  LoadBalancerUsage,
  NatGatewayUsage,
  PublicIpv4Usage,
  RestApiUsage,
  WebSocketApiUsage,
} from './usage/network-usages';
import type { CloudWatchUsage, EcrUsage, KmsUsage, LogsUsage, SecretsManagerUsage, XRayUsage } from './usage/operation-usages';
import type { StepFunctionsExpressUsage, StepFunctionsStandardUsage } from './usage/workflow-usages';

/**
 * How much of one service a month takes; `CostModel.estimateUsage` prices it. Each static checks its numbers and names all that cannot be
 * in one error.
 *
 * Sizes of memory are binary (1 GB = 1,024 MB), as AWS bills memory; amounts of data are plain numbers of GB, as the bill states them.
 */
export class ServiceUsage {
  /** Calls of a Lambda function. */
  static lambda(usage: LambdaUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.lambda, usage);
  }

  /** Calls of a Lambda@Edge function. */
  static lambdaEdge(usage: LambdaEdgeUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.lambdaEdge, usage);
  }

  /** SnapStart of Python and .NET functions. */
  static snapStart(usage: SnapStartUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.snapStart, usage);
  }

  /** Operations and data of durable functions, beside `lambda` for their calls. */
  static durable(usage: DurableUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.durable, usage);
  }

  /** Lambda Managed Instances. */
  static managedInstances(usage: ManagedInstancesUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.managedInstances, usage);
  }

  /** Lambda MicroVMs. */
  static microVm(usage: MicroVmUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.microVm, usage);
  }

  /** Event pollers in provisioned mode. */
  static eventSourceProvisioned(usage: EventSourceProvisionedUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.eventSourceProvisioned, usage);
  }

  /** Environments of functions with tenant isolation. */
  static tenantIsolation(usage: TenantIsolationUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.tenantIsolation, usage);
  }

  /** Standard workflows. */
  static stepFunctionsStandard(usage: StepFunctionsStandardUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.stepFunctionsStandard, usage);
  }

  /** Express workflows. */
  static stepFunctionsExpress(usage: StepFunctionsExpressUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.stepFunctionsExpress, usage);
  }

  /** Fargate tasks. */
  static fargate(usage: FargateUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.fargate, usage);
  }

  /** EC2 instances. */
  static ec2(usage: Ec2Usage): ServiceUsage {
    return ServiceUsage._of(SERVICES.ec2, usage);
  }

  /** Sessions of AgentCore Runtime. */
  static agentCore(usage: AgentCoreUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.agentCore, usage);
  }

  /** Serverless inference of SageMaker. */
  static sageMakerServerless(usage: SageMakerServerlessUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.sageMakerServerless, usage);
  }

  /** Instances of real-time and asynchronous endpoints of SageMaker. */
  static sageMakerInstances(usage: SageMakerInstancesUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.sageMakerInstances, usage);
  }

  /** Tokens of a model, at prices of your own. */
  static modelTokens(usage: ModelTokensUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.modelTokens, usage);
  }

  /** NAT gateways. */
  static natGateway(usage: NatGatewayUsage = {}): ServiceUsage {
    return ServiceUsage._of(SERVICES.natGateway, usage);
  }

  /** Interface endpoints. */
  static interfaceEndpoint(usage: InterfaceEndpointUsage = {}): ServiceUsage {
    return ServiceUsage._of(SERVICES.interfaceEndpoint, usage);
  }

  /** Public IPv4 addresses. */
  static publicIpv4(usage: PublicIpv4Usage): ServiceUsage {
    return ServiceUsage._of(SERVICES.publicIpv4, usage);
  }

  /** Application load balancers. */
  static loadBalancer(usage: LoadBalancerUsage = {}): ServiceUsage {
    return ServiceUsage._of(SERVICES.loadBalancer, usage);
  }

  /** Calls of REST APIs. */
  static restApi(usage: RestApiUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.restApi, usage);
  }

  /** Calls of HTTP APIs. */
  static httpApi(usage: HttpApiUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.httpApi, usage);
  }

  /** Messages and connections of WebSocket APIs. */
  static webSocketApi(usage: WebSocketApiUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.webSocketApi, usage);
  }

  /** Requests of queues. */
  static sqs(usage: SqsUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.sqs, usage);
  }

  /** Invocations of schedules. */
  static scheduler(usage: SchedulerUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.scheduler, usage);
  }

  /** A table on demand. */
  static dynamoDb(usage: DynamoDbUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.dynamoDb, usage);
  }

  /** A serverless cache. */
  static elastiCacheServerless(usage: ElastiCacheServerlessUsage = {}): ServiceUsage {
    return ServiceUsage._of(SERVICES.elastiCacheServerless, usage);
  }

  /** Nodes of a cache. */
  static elastiCacheNodes(usage: ElastiCacheNodesUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.elastiCacheNodes, usage);
  }

  /** Events published. */
  static eventBridge(usage: EventBridgeUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.eventBridge, usage);
  }

  /** Messages of topics. */
  static sns(usage: SnsUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.sns, usage);
  }

  /** A bucket. */
  static s3(usage: S3Usage): ServiceUsage {
    return ServiceUsage._of(SERVICES.s3, usage);
  }

  /** An Aurora Serverless v2 cluster. */
  static auroraServerless(usage: AuroraServerlessUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.auroraServerless, usage);
  }

  /** Logs. */
  static logs(usage: LogsUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.logs, usage);
  }

  /** Metrics, alarms and dashboards. */
  static cloudWatch(usage: CloudWatchUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.cloudWatch, usage);
  }

  /** Traces. */
  static xRay(usage: XRayUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.xRay, usage);
  }

  /** Keys and their requests. */
  static kms(usage: KmsUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.kms, usage);
  }

  /** Secrets. */
  static secretsManager(usage: SecretsManagerUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.secretsManager, usage);
  }

  /** Images in private repositories. */
  static ecr(usage: EcrUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.ecr, usage);
  }

  /** Cloudflare Workers. */
  static cloudflareWorkers(usage: CloudflareWorkersUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.cloudflareWorkers, usage);
  }

  /** Cloudflare Workflows. */
  static cloudflareWorkflows(usage: CloudflareWorkflowsUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.cloudflareWorkflows, usage);
  }

  /** Cloudflare Containers. */
  static cloudflareContainers(usage: CloudflareContainersUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.cloudflareContainers, usage);
  }

  /** Vercel Functions. */
  static vercel(usage: VercelUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.vercel, usage);
  }

  /** Cloud Run, billed by requests. */
  static cloudRun(usage: CloudRunUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.cloudRun, usage);
  }

  /** Cloud Run, billed by instances. */
  static cloudRunInstances(usage: CloudRunInstancesUsage): ServiceUsage {
    return ServiceUsage._of(SERVICES.cloudRunInstances, usage);
  }

  /** @internal */
  static _of<U extends object>(service: Service<U>, values: U): ServiceUsage {
    const problems = usageProblems(service, values);
    if (problems.length > 0) throw new CostError(problems);
    return new ServiceUsage(usageOf(service, values));
  }

  /** @internal */
  readonly _usage: Usage;

  private constructor(usage: Usage) {
    this._usage = usage;
  }
}
