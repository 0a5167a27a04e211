/**
 * Error names that cross the boundary between a handler and the service that called it.
 * Step Functions matches retriers and catchers on these strings, so they are part of the deployed contract.
 */
export const ErrorName = {
  /** A step recorded progress and asks to be called again; first in every retry list. */
  Continue: 'Workflow.Continue',
  /** A step neared its timeout without recording anything new; never retried. */
  NoProgress: 'Step.NoProgress',
  /** The step's input is not what it declares; never retried. */
  InvalidInput: 'Step.InvalidInput',
  /** The step returned what JSON cannot carry, or exposes more than may travel inline; never retried. */
  InvalidResult: 'Step.InvalidResult',
  /** Two sub-steps of one attempt have the same name, so one would replay the other's result; never retried. */
  DuplicateSubStep: 'Step.DuplicateSubStep',
  /** Another attempt took the step over; never retried, since that attempt goes on. */
  LeaseLost: 'Step.LeaseLost',
  /** The model answered with a throttling error; retried with full jitter. */
  ModelThrottled: 'Model.Throttled',
  /** The model could not be reached or failed on its side; retried. */
  ModelUnavailable: 'Model.Unavailable',
  /** The workflow's table or bucket throttles or cannot be reached; retried. */
  StoreUnavailable: 'Store.Unavailable',
  /** A claim check names an object that is missing or does not have the stated digest. */
  ClaimCheckBroken: 'ClaimCheck.Broken',
  /** A container step ended with exit code 0 and wrote no result. */
  ContainerNoResult: 'Container.NoResult',
  /** An event starts a run under a name that another input already used within the service's 90 days. */
  NameTaken: 'Workflow.NameTaken',
  /** The approval deadline passed before anyone decided. */
  ApprovalExpired: 'Approval.Expired',
  /** The approver declined. */
  ApprovalRejected: 'Approval.Rejected',
  /** A chat message, a turn or a conversation id is larger than the memory takes, or is none. */
  InvalidTurn: 'ChatMemory.InvalidTurn',
  /** The model refused the request itself; repeating it cannot help. */
  ModelRefused: 'Model.Refused',
} as const;

export type ErrorName = (typeof ErrorName)[keyof typeof ErrorName];

/** Errors that Step Functions must never retry: repeating them cannot help. */
export const TERMINAL_ERRORS: readonly ErrorName[] = [
  ErrorName.NoProgress,
  ErrorName.InvalidInput,
  ErrorName.InvalidResult,
  ErrorName.DuplicateSubStep,
  ErrorName.LeaseLost,
  ErrorName.ClaimCheckBroken,
  ErrorName.ContainerNoResult,
  ErrorName.ApprovalExpired,
  ErrorName.ApprovalRejected,
  ErrorName.InvalidTurn,
  ErrorName.ModelRefused,
];

/**
 * Faults of the infrastructure under a Lambda task, named as Step Functions reports them.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const INFRASTRUCTURE_ERRORS: readonly string[] = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'States.Timeout',
];
