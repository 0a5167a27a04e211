import { usageProblems } from './check-usage';
import { CostError } from './cost-error';
import type { Service } from './service';
import { AGENTCORE } from './services/agentcore';
import { HTTP_API, REST_API, WEBSOCKET_API } from './services/api-gateway';
import {
  CLOUD_RUN,
  CLOUD_RUN_INSTANCES,
  CLOUDFLARE_CONTAINERS,
  CLOUDFLARE_WORKERS,
  CLOUDFLARE_WORKFLOWS,
  VERCEL,
} from './services/comparison';
import { DYNAMODB, ELASTICACHE_NODES, ELASTICACHE_SERVERLESS, SCHEDULER, SQS } from './services/data';
import { EC2 } from './services/ec2';
import { FARGATE } from './services/fargate';
import { LAMBDA } from './services/lambda';
import {
  DURABLE,
  EVENT_SOURCE_PROVISIONED,
  LAMBDA_EDGE,
  MANAGED_INSTANCES,
  MICRO_VM,
  SNAP_START,
  TENANT_ISOLATION,
} from './services/lambda-variants';
import { MODEL_TOKENS, SAGEMAKER_INSTANCES, SAGEMAKER_SERVERLESS } from './services/models';
import { INTERFACE_ENDPOINT, LOAD_BALANCER, NAT_GATEWAY, PUBLIC_IPV4 } from './services/network';
import { STEP_FUNCTIONS_EXPRESS, STEP_FUNCTIONS_STANDARD } from './services/step-functions';
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
import type { DynamoDbUsage, ElastiCacheNodesUsage, ElastiCacheServerlessUsage, SchedulerUsage, SqsUsage } from './usage/data-usages';
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
    return ServiceUsage.of(LAMBDA, usage);
  }

  /** Calls of a Lambda@Edge function. */
  static lambdaEdge(usage: LambdaEdgeUsage): ServiceUsage {
    return ServiceUsage.of(LAMBDA_EDGE, usage);
  }

  /** SnapStart of Python and .NET functions. */
  static snapStart(usage: SnapStartUsage): ServiceUsage {
    return ServiceUsage.of(SNAP_START, usage);
  }

  /** Operations and data of durable functions, beside `lambda` for their calls. */
  static durable(usage: DurableUsage): ServiceUsage {
    return ServiceUsage.of(DURABLE, usage);
  }

  /** Lambda Managed Instances. */
  static managedInstances(usage: ManagedInstancesUsage): ServiceUsage {
    return ServiceUsage.of(MANAGED_INSTANCES, usage);
  }

  /** Lambda MicroVMs. */
  static microVm(usage: MicroVmUsage): ServiceUsage {
    return ServiceUsage.of(MICRO_VM, usage);
  }

  /** Event pollers in provisioned mode. */
  static eventSourceProvisioned(usage: EventSourceProvisionedUsage): ServiceUsage {
    return ServiceUsage.of(EVENT_SOURCE_PROVISIONED, usage);
  }

  /** Environments of functions with tenant isolation. */
  static tenantIsolation(usage: TenantIsolationUsage): ServiceUsage {
    return ServiceUsage.of(TENANT_ISOLATION, usage);
  }

  /** Standard workflows. */
  static stepFunctionsStandard(usage: StepFunctionsStandardUsage): ServiceUsage {
    return ServiceUsage.of(STEP_FUNCTIONS_STANDARD, usage);
  }

  /** Express workflows. */
  static stepFunctionsExpress(usage: StepFunctionsExpressUsage): ServiceUsage {
    return ServiceUsage.of(STEP_FUNCTIONS_EXPRESS, usage);
  }

  /** Fargate tasks. */
  static fargate(usage: FargateUsage): ServiceUsage {
    return ServiceUsage.of(FARGATE, usage);
  }

  /** EC2 instances. */
  static ec2(usage: Ec2Usage): ServiceUsage {
    return ServiceUsage.of(EC2, usage);
  }

  /** Sessions of AgentCore Runtime. */
  static agentCore(usage: AgentCoreUsage): ServiceUsage {
    return ServiceUsage.of(AGENTCORE, usage);
  }

  /** Serverless inference of SageMaker. */
  static sageMakerServerless(usage: SageMakerServerlessUsage): ServiceUsage {
    return ServiceUsage.of(SAGEMAKER_SERVERLESS, usage);
  }

  /** Instances of real-time and asynchronous endpoints of SageMaker. */
  static sageMakerInstances(usage: SageMakerInstancesUsage): ServiceUsage {
    return ServiceUsage.of(SAGEMAKER_INSTANCES, usage);
  }

  /** Tokens of a model, at prices of your own. */
  static modelTokens(usage: ModelTokensUsage): ServiceUsage {
    return ServiceUsage.of(MODEL_TOKENS, usage);
  }

  /** NAT gateways. */
  static natGateway(usage: NatGatewayUsage = {}): ServiceUsage {
    return ServiceUsage.of(NAT_GATEWAY, usage);
  }

  /** Interface endpoints. */
  static interfaceEndpoint(usage: InterfaceEndpointUsage = {}): ServiceUsage {
    return ServiceUsage.of(INTERFACE_ENDPOINT, usage);
  }

  /** Public IPv4 addresses. */
  static publicIpv4(usage: PublicIpv4Usage): ServiceUsage {
    return ServiceUsage.of(PUBLIC_IPV4, usage);
  }

  /** Application load balancers. */
  static loadBalancer(usage: LoadBalancerUsage = {}): ServiceUsage {
    return ServiceUsage.of(LOAD_BALANCER, usage);
  }

  /** Calls of REST APIs. */
  static restApi(usage: RestApiUsage): ServiceUsage {
    return ServiceUsage.of(REST_API, usage);
  }

  /** Calls of HTTP APIs. */
  static httpApi(usage: HttpApiUsage): ServiceUsage {
    return ServiceUsage.of(HTTP_API, usage);
  }

  /** Messages and connections of WebSocket APIs. */
  static webSocketApi(usage: WebSocketApiUsage): ServiceUsage {
    return ServiceUsage.of(WEBSOCKET_API, usage);
  }

  /** Requests of queues. */
  static sqs(usage: SqsUsage): ServiceUsage {
    return ServiceUsage.of(SQS, usage);
  }

  /** Invocations of schedules. */
  static scheduler(usage: SchedulerUsage): ServiceUsage {
    return ServiceUsage.of(SCHEDULER, usage);
  }

  /** A table on demand. */
  static dynamoDb(usage: DynamoDbUsage): ServiceUsage {
    return ServiceUsage.of(DYNAMODB, usage);
  }

  /** A serverless cache. */
  static elastiCacheServerless(usage: ElastiCacheServerlessUsage = {}): ServiceUsage {
    return ServiceUsage.of(ELASTICACHE_SERVERLESS, usage);
  }

  /** Nodes of a cache. */
  static elastiCacheNodes(usage: ElastiCacheNodesUsage): ServiceUsage {
    return ServiceUsage.of(ELASTICACHE_NODES, usage);
  }

  /** Cloudflare Workers. */
  static cloudflareWorkers(usage: CloudflareWorkersUsage): ServiceUsage {
    return ServiceUsage.of(CLOUDFLARE_WORKERS, usage);
  }

  /** Cloudflare Workflows. */
  static cloudflareWorkflows(usage: CloudflareWorkflowsUsage): ServiceUsage {
    return ServiceUsage.of(CLOUDFLARE_WORKFLOWS, usage);
  }

  /** Cloudflare Containers. */
  static cloudflareContainers(usage: CloudflareContainersUsage): ServiceUsage {
    return ServiceUsage.of(CLOUDFLARE_CONTAINERS, usage);
  }

  /** Vercel Functions. */
  static vercel(usage: VercelUsage): ServiceUsage {
    return ServiceUsage.of(VERCEL, usage);
  }

  /** Cloud Run, billed by requests. */
  static cloudRun(usage: CloudRunUsage): ServiceUsage {
    return ServiceUsage.of(CLOUD_RUN, usage);
  }

  /** Cloud Run, billed by instances. */
  static cloudRunInstances(usage: CloudRunInstancesUsage): ServiceUsage {
    return ServiceUsage.of(CLOUD_RUN_INSTANCES, usage);
  }

  private static of<U extends object>(service: Service<U>, values: U): ServiceUsage {
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
