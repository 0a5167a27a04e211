// The public face of `cdk-serverless-ai/testing`: run a synthesized stack on this machine, and snapshot it.
export type { ApprovalLink } from './local/approvals/approval-inbox';
export { ApprovalWait, type DecideOptions, type PendingApproval } from './local/approvals/approval-wait';
export {
  type CrashPointResult,
  CrashSweepError,
  type CrashSweepOptions,
  type CrashSweepReport,
  crashSweep,
  type Scenario,
} from './local/faults/crash-sweep';
export { type Fault, FaultError, type FaultKind } from './local/faults/fault';
export { FAULT_SYNTAX, parseFault } from './local/faults/fault-text';
export type { Faults, InjectedFault } from './local/faults/faults';
export { type Normalise, normalise, type SweptEntry } from './local/faults/normalise';
export type { CrashPoint } from './local/faults/sweep-points';
export type { ServiceCall } from './local/gateway/gateway';
export type { PermissionMode } from './local/iam/access-control';
export { type Denial, Permissions, type RoleStatement } from './local/iam/permissions';
export type { InvocationError, InvocationRecord } from './local/lambda/invocation-log';
export { LocalBucket } from './local/local-bucket';
export { LocalFunction } from './local/local-function';
export { LocalQueue } from './local/local-queue';
export { type CallFilter, LocalRunner, type LocalRunnerOptions } from './local/local-runner';
export { LocalTable, type TableItem } from './local/local-table';
export { LocalRun, LocalWorkflow } from './local/local-workflow';
export type { TimeSpan } from './local/manual-clock';
export type { MetricDatum } from './local/services/metrics';
export { SkipClock } from './local/skip-clock';
export type { StoredEntry } from './local/stored-state';
export { snapshotOf } from './synth/snapshot-of';
