import type { App } from 'aws-cdk-lib/core';
import { AssemblyError } from '../template/assembly-error';
import { Deployment } from './deployment';
import type { DeploymentOptions } from './deployment-options';
import type { Faults } from './faults/faults';
import { type FoundResource, findResource } from './find-resource';
import type { Gateway, ServiceCall } from './gateway/gateway';
import { Permissions } from './iam/permissions';
import type { FunctionSpec } from './lambda/function-spec';
import type { LocalBucket } from './local-bucket';
import { LocalFunction } from './local-function';
import type { LocalQueue } from './local-queue';
import { LocalTable } from './local-table';
import { LocalWorkflow } from './local-workflow';
import { ManualClock, type TimeSpan } from './manual-clock';
import type { MetricDatum } from './services/metrics';
import { type StoredEntry, storedState } from './stored-state';

export type LocalRunnerOptions = DeploymentOptions;

/** Which calls are meant; what is left out is any. */
export interface CallFilter {
  /** Signing name, such as `dynamodb`, `states`, `bedrock`; `elasticache` for the commands of a cache. */
  readonly service?: string;
  readonly operation?: string;
  /** Calls of this function only, named as for `LocalRunner.function`. */
  readonly function?: string;
}

/**
 * Runs a synthesized app on this machine: its handlers in real runtimes, its state machines interpreted, its stores in memory.
 * No account, no Docker; everything listens on loopback only and ends with `stop()`.
 *
 * ```ts
 * const local = await LocalRunner.fromApp(app);
 * const run = await local.workflow('Research').start({ question: 'How long may a function run?' });
 * await run.waitForApproval().approve({ by: 'approver@example.com' });
 * expect(await run.result()).toMatchObject({ status: 'SUCCEEDED' });
 * expect(local.function('Search').coldStarts).toBe(1);
 * await local.stop();
 * ```
 *
 * Things are named by construct id, construct path, logical id or physical name; a name that fits two of them, or none, is an error that says which
 * there are.
 */
export class LocalRunner {
  /**
   * From an assembly directory such as `cdk.out`.
   *
   * @throws AssemblyError when the assembly is broken or holds what cannot be resolved; nothing is left running then
   */
  static async fromAssembly(directory: string, options: LocalRunnerOptions = {}): Promise<LocalRunner> {
    return new LocalRunner(await Deployment.start(directory, options));
  }

  /** Synthesizes the app first. */
  static fromApp(app: App, options: LocalRunnerOptions = {}): Promise<LocalRunner> {
    return LocalRunner.fromAssembly(app.synth().directory, options);
  }

  private constructor(private readonly deployment: Deployment) {}

  /** A state machine, also by its ARN; its runs are started through its alias. */
  workflow(reference: string): LocalWorkflow {
    return new LocalWorkflow(this.deployment.executions.machineOf(reference), this.deployment);
  }

  /** A function, also by its ARN; it is invoked through its alias where it has one. */
  function(reference: string): LocalFunction {
    const resource = this.find(reference, 'AWS::Lambda::Function');
    const spec = this.deployment.specs.find(({ logicalId }) => logicalId === resource.logicalId);
    if (spec === undefined) {
      const reason = this.deployment.notices.find((notice) => notice.startsWith(`${resource.path} cannot run here`));
      throw new AssemblyError(reason ?? `function ${reference} cannot run here`);
    }
    return this.runnable(spec);
  }

  /** Every function that can run here. */
  functions(): LocalFunction[] {
    return this.deployment.specs.map((spec) => this.runnable(spec));
  }

  /** A bucket; what is put into it sends its event. */
  bucket(reference: string): LocalBucket {
    const { logicalId, stack } = this.find(reference, 'AWS::S3::Bucket');
    return this.deployment.bucket(stack.identity(logicalId).name);
  }

  /** A queue, such as that of events which failed for good. */
  queue(reference: string): LocalQueue {
    const { logicalId, stack } = this.find(reference, 'AWS::SQS::Queue');
    return this.deployment.queue(stack.identity(logicalId).name);
  }

  /** Value of an output of a stack, with addresses as they are on this machine. */
  output(name: string): string {
    const stack = this.deployment.stacks.find(({ source }) => source.template.Outputs?.[name] !== undefined);
    if (stack === undefined) throw new AssemblyError(`no stack of the assembly has an output ${name}`);
    return this.deployment.resolver.localAddresses(String(stack.output(name, `output ${name}`)));
  }

  /** A table; also by any client whose endpoint is that of the gateway. */
  table(reference: string): LocalTable {
    const { logicalId, stack } = this.find(reference, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
    return new LocalTable(stack.identity(logicalId).name, this.gateway.url);
  }

  /** The calls of AWS APIs so far, oldest first, whoever made them: functions, state machines and tests. */
  calls({ service, operation, function: reference }: CallFilter = {}): ServiceCall[] {
    const functionName = reference === undefined ? undefined : this.function(reference).name;
    return this.gateway.calls.filter(
      (call) =>
        (service === undefined || call.service === service) &&
        (operation === undefined || call.operation === operation) &&
        (functionName === undefined || call.caller.functionName === functionName),
    );
  }

  /**
   * A token that lets its bearer into the routes of an HTTP API or REST API behind a JWT authorizer or a user pool. Issuer, audience and an hour of
   * validity are filled in; `claims` add to them or change them. Tokens of the true issuer count too when it runs on loopback; from elsewhere they
   * are refused, since their keys cannot be had here.
   *
   * @throws AssemblyError when the API has no such authorizer
   */
  token(api: string, claims: Readonly<Record<string, unknown>> = {}): string {
    const { logicalId } = this.find(api, 'AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi');
    return this.deployment.tokenFor(logicalId, claims);
  }

  /** What functions put to metrics of CloudWatch, by PutMetricData or by lines in the embedded metric format, oldest first. */
  metrics(): readonly MetricDatum[] {
    return this.deployment.metrics.data;
  }

  /** Makes things go wrong at named points: `local.faults.inject('after:dynamodb.PutItem=kill')`. */
  get faults(): Faults {
    return this.deployment.faults;
  }

  /** Who was denied what, which statements of which roles were used, and a way to try the stack without one of them. */
  get permissions(): Permissions {
    return new Permissions(this.deployment.access, this.deployment.servicePermissions);
  }

  /**
   * Lets so much time pass, with all that it sets off: waits end, retries come, approvals expire.
   *
   * @param span milliseconds, or CDK's `Duration`
   * @throws when the run was not started with `time: 'manual'`
   */
  async advance(span: TimeSpan): Promise<void> {
    const { clock } = this.deployment;
    if (!(clock instanceof ManualClock)) throw new Error("advance needs a local run that was started with time: 'manual'");
    await clock.advance(span);
  }

  /** Everything that is stored now, and the executions with their ends. */
  stored(): Promise<StoredEntry[]> {
    return storedState(this.deployment);
  }

  /** Resolves when no asynchronous event is under way or waits for its retry, and no batch of a queue is being handled. */
  settled(): Promise<void> {
    return this.deployment.settled();
  }

  /**
   * As freshly deployed, within milliseconds: tables, buckets, queues and caches are empty, no execution is known, those that ran are aborted.
   * Environments of functions stay as warm as they are, and so do the log of calls and the faults.
   */
  reset(): Promise<void> {
    return this.deployment.reset();
  }

  /** The endpoint that every AWS client of the stack talks to, with its log of calls and its interceptors. */
  get gateway(): Gateway {
    return this.deployment.gateway;
  }

  /** Who answers for the model, in one sentence. */
  get modelNotice(): string {
    return this.deployment.modelNotice;
  }

  /** Ends every run, process and server of this local run; runs under way are aborted. A second call does nothing. */
  stop(): Promise<void> {
    return this.deployment.stop();
  }

  private runnable({ name, arn, aliases }: FunctionSpec): LocalFunction {
    const alias = Object.keys(aliases)[0];
    return new LocalFunction(name, alias === undefined ? arn : `${arn}:${alias}`, this.deployment.lambda);
  }

  private find(reference: string, ...types: readonly string[]): FoundResource {
    return findResource(this.deployment.stacks, reference, ...types);
  }
}
