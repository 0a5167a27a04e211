import { type Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IAlias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { acknowledgeWildcard } from '../validation/acknowledge-wildcard';
import type { QueueWorkerService } from './queue-worker-service';

/** What a target sees of its router. */
export interface IRequestRouter extends IConstruct, IGrantable {
  /** The front function; grants go to it. */
  readonly function: LambdaFunction;
  /** Bucket of the responses of long work. */
  readonly responseBucket: Bucket;
}

/** How the router reaches a target. */
export enum RouteTargetKind {
  /** Invoke a function and pass its answer on. */
  FUNCTION = 'function',
  /** Start an execution and answer with an id. */
  STATE_MACHINE = 'stateMachine',
  /** Send a message and answer with an id. */
  QUEUE = 'queue',
  /** Call an HTTPS endpoint and pass its answer on. */
  ENDPOINT = 'endpoint',
}

/** What a target tells its router. Which fields are needed depends on the kind. */
export interface RouteTargetConfig {
  readonly kind: RouteTargetKind;
  /**
   * ARN of the alias to invoke, for a function.
   * @default - none
   */
  readonly functionArn?: string;
  /**
   * ARN to start, for a state machine.
   * @default - none
   */
  readonly stateMachineArn?: string;
  /**
   * Queue to send to, for a queue.
   * @default - none
   */
  readonly queueUrl?: string;
  /**
   * Cluster of the service that works on the queue, to be woken from zero.
   * @default - nothing is woken
   */
  readonly clusterName?: string;
  /**
   * That service.
   * @default - nothing is woken
   */
  readonly serviceName?: string;
  /**
   * URL to call, for an endpoint.
   * @default - none
   */
  readonly url?: string;
  /**
   * Longest time to wait for an endpoint.
   * @default Duration.seconds(25)
   */
  readonly timeout?: Duration;
  /**
   * ARN of the secret with the endpoint's key.
   * @default - the endpoint is called without a key
   */
  readonly secretArn?: string;
}

/** A state machine behind an alias, such as WorkflowStateMachine. */
export interface IRoutableStateMachine {
  /** ARN to start: that of the alias. */
  readonly stateMachineArn: string;
  /** The machine itself, whose executions the router asks for their state. */
  readonly stateMachine: StateMachine;
  /** Lets somebody start executions. */
  grantStart(grantee: IGrantable): Grant;
}

/** How to call an endpoint. */
export interface EndpointTargetOptions {
  /**
   * Secret with the key, sent as a bearer token.
   * @default - no key
   */
  readonly secret?: ISecret;
  /**
   * Longest time to wait.
   * @default Duration.seconds(25)
   */
  readonly timeout?: Duration;
}

/**
 * Where a router sends requests. Extend it for a target of your own: `bind` grants what the router needs and says how it gets there.
 */
export abstract class RouteTarget {
  /** A function, through its alias; the caller waits for the answer. */
  public static function(alias: IAlias): RouteTarget {
    return new FunctionTarget(alias);
  }

  /** A state machine; the caller gets 202 and an id. */
  public static stateMachine(machine: IRoutableStateMachine): RouteTarget {
    return new StateMachineTarget(machine);
  }

  /** Containers that work on a queue; the caller gets 202 and an id. */
  public static queue(workers: QueueWorkerService): RouteTarget {
    return new QueueTarget(workers);
  }

  /**
   * An HTTPS endpoint; the caller waits for the answer.
   *
   * @param url where requests are posted to
   */
  public static endpoint(url: string, options: EndpointTargetOptions = {}): RouteTarget {
    return new EndpointTarget(url, options);
  }

  /** Grants what the router needs, and says how it reaches the target. Called once by the router. */
  public abstract bind(router: IRequestRouter): RouteTargetConfig;
}

class FunctionTarget extends RouteTarget {
  constructor(private readonly alias: IAlias) {
    super();
  }

  override bind(router: IRequestRouter): RouteTargetConfig {
    this.alias.grantInvoke(router);
    return { kind: RouteTargetKind.FUNCTION, functionArn: this.alias.functionArn };
  }
}

class StateMachineTarget extends RouteTarget {
  constructor(private readonly machine: IRoutableStateMachine) {
    super();
  }

  override bind(router: IRequestRouter): RouteTargetConfig {
    this.machine.grantStart(router);
    const executions = Stack.of(router).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.machine.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    grant(router, ['states:DescribeExecution'], executions);
    acknowledge(router, executions, 'an execution is named after its response, whose id is made at run time');
    return { kind: RouteTargetKind.STATE_MACHINE, stateMachineArn: this.machine.stateMachineArn };
  }
}

class QueueTarget extends RouteTarget {
  constructor(private readonly workers: QueueWorkerService) {
    super();
  }

  override bind(router: IRequestRouter): RouteTargetConfig {
    const { queue, cluster, service } = this.workers;
    this.workers.bindResponses(router.responseBucket);
    grant(router, ['sqs:SendMessage'], queue.queueArn);
    queue.encryptionMasterKey?.grantEncryptDecrypt(router);
    grant(router, ['ecs:DescribeServices', 'ecs:UpdateService'], service.serviceArn);
    return {
      kind: RouteTargetKind.QUEUE,
      queueUrl: queue.queueUrl,
      clusterName: cluster.clusterName,
      serviceName: service.serviceName,
    };
  }
}

class EndpointTarget extends RouteTarget {
  constructor(
    private readonly url: string,
    private readonly options: EndpointTargetOptions,
  ) {
    super();
  }

  override bind(router: IRequestRouter): RouteTargetConfig {
    const { secret, timeout } = this.options;
    if (secret !== undefined) grant(router, ['secretsmanager:GetSecretValue'], secretArn(secret));
    secret?.encryptionKey?.grantDecrypt(router);
    return { kind: RouteTargetKind.ENDPOINT, url: this.url, timeout, secretArn: secret?.secretArn };
  }
}

function grant(router: IRequestRouter, actions: string[], resource: string): void {
  router.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
}

function acknowledge(router: IRequestRouter, resource: string, reason: string): void {
  const policy = router.function.role?.node.tryFindChild('DefaultPolicy');
  if (policy) acknowledgeWildcard(policy, resource, reason);
}

/** A secret known by name alone has an ARN with six more characters that nobody can state. */
function secretArn(secret: ISecret): string {
  return secret.secretFullArn ?? `${secret.secretArn}-??????`;
}
