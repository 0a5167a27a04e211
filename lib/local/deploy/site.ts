import type { ApprovalInbox } from '../approvals/approval-inbox';
import type { TaskTokens } from '../asl/task-tokens';
import type { ResolvedStack } from '../assembly/resolved-stack';
import type { Resolver } from '../assembly/resolver';
import type { Clock } from '../clock';
import type { DeploymentOptions } from '../deployment-options';
import type { Faults } from '../faults/faults';
import type { Gateway } from '../gateway/gateway';
import type { CredentialOwner } from '../gateway/service';
import type { AccessControl } from '../iam/access-control';
import type { LambdaService } from '../lambda/lambda-service';
import type { LocalBucket } from '../local-bucket';
import type { LocalQueue } from '../local-queue';
import type { LocalService } from '../services/local-service';
import type { LocalValkey } from '../services/valkey/valkey';
import type { Executions } from '../stepfunctions/executions';

/** What the parts of a local run are built on, and how they find each other. */
export interface Site {
  readonly resolver: Resolver;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly options: DeploymentOptions;
  readonly tokens: TaskTokens;
  readonly inbox: ApprovalInbox;
  readonly faults: Faults;
  /** Decides who may do what; services that act for a resource ask it too. */
  readonly access: AccessControl;
  /** The caches that were started, behind their doors. */
  readonly caches: LocalValkey[];
  /** Set once functions are started; parts that start earlier ask at the time of a call. */
  readonly lambda: LambdaService;
  /** Set once state machines are started. */
  readonly executions: Executions;
  /** The models that `read` finds in all stacks. */
  all<Model>(read: (stack: ResolvedStack) => readonly Model[]): Model[];
  queue(name: string): LocalQueue;
  /** A queue as a role or a service may use it. */
  queueAs(name: string, caller: CredentialOwner): LocalQueue;
  /** Texts of the messages that a queue holds, whatever their state. */
  messages(queueName: string): readonly string[];
  bucket(name: string): LocalBucket;
  /** Says in one sentence what is left out or could not be done. */
  notice(text: string): void;
  /** Registers a service at the gateway and stops it at the end. */
  serve(service: LocalService): void;
  /** Stops run in the reverse order of their start. */
  onStop(stop: () => Promise<unknown> | unknown): void;
}
