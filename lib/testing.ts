// The public face of `cdk-serverless-ai/testing`: run a synthesized stack on this machine, and snapshot it.
export { ApprovalWait } from './local/approvals/approval-wait';
export { LocalBucket } from './local/local-bucket';
export { LocalFunction } from './local/local-function';
export { LocalQueue } from './local/local-queue';
export { LocalRunner, type LocalRunnerOptions } from './local/local-runner';
export { LocalRun, LocalWorkflow } from './local/local-workflow';
export { SkipClock } from './local/skip-clock';
export { snapshotOf } from './synth/snapshot-of';
