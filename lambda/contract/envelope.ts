/** A payload stored in S3 and passed by reference. */
export interface ClaimCheck {
  readonly bucket: string;
  readonly key: string;
  /** Hex sha256 of the stored bytes. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The property that marks a claim check among ordinary JSON; exposed fields stand beside it. */
export const CLAIM_CHECK = '$claimCheck';

export interface ClaimChecked {
  readonly [CLAIM_CHECK]: ClaimCheck;
  readonly [exposed: string]: unknown;
}

/** What a workflow sends to the function of an `invoke` step. */
export interface StepEnvelope<Input = unknown> {
  readonly workflow: {
    readonly executionArn: string;
    /** Name of the run that owns the step; children of a distributed map carry their parent's name. */
    readonly name: string;
    /** ISO 8601. */
    readonly startedAt: string;
  };
  readonly step: {
    /** State name followed by the indices of the maps around it: `Search`, `Fetch[2]`, `Fetch[2][0]`. */
    readonly id: string;
    /** `State.RetryCount`: 0 on the first try; it counts continuations too, which `ctx.attempt` leaves out. */
    readonly attempt: number;
    /** `Execution.RedriveCount`. */
    readonly redrive: number;
    /** Largest result in bytes of UTF-8 JSON that may travel inline; above it goes by claim check. */
    readonly maxInlineBytes: number;
    /** Top-level fields of a result that stay readable beside its claim check. */
    readonly expose: readonly string[];
    /** Present in a `callback` step: whoever holds it may answer for the step. */
    readonly taskToken?: string;
  };
  readonly input: Input | ClaimChecked;
}

/** What a `container` step hands to its task through one environment variable, which has no room for the input itself. */
export interface ContainerStep {
  readonly workflow: StepEnvelope['workflow'];
  readonly step: StepEnvelope['step'];
  /** Object that holds the input as JSON: the plain value or a claim check. */
  readonly input: { readonly bucket: string; readonly key: string };
  /**
   * Object that the task writes before it exits with code 0: JSON of at most a few KB, the result itself or its claim check.
   * The workflow reads it and goes on with that value.
   */
  readonly result: { readonly bucket: string; readonly key: string };
}

/** What the Catch of a step hands to the failure recorder. */
export interface StepFailure {
  readonly workflow: StepEnvelope['workflow'];
  readonly failure: {
    readonly stepId: string;
    readonly error: string;
    readonly cause: string;
    /** Redrive count when the step failed; a larger one later means that the run was redriven. */
    readonly redrive: number;
  };
  /** Redrive count now. */
  readonly redrive: number;
}

/** What an approval step hands to the function that mints its links. */
export interface ApprovalRequest {
  readonly workflow: StepEnvelope['workflow'];
  readonly stepId: string;
  readonly taskToken: string;
  /** Times that the state has asked again because asking failed. @default 0 */
  readonly attempt?: number;
  /** @default 0 */
  readonly redrive?: number;
  /** One link is minted for each; a link is a credential of its approver. */
  readonly approvers: readonly string[];
  readonly expiresInSeconds: number;
  readonly subject: string;
  readonly input: unknown;
}

/** A request and its links are written in one transaction of at most 100 items. */
export const MAX_APPROVERS = 99;

/** What the workflow receives when somebody decides. */
export interface ApprovalDecision {
  readonly approved: boolean;
  /** The approver for whom the used link was minted, or the authenticated identity where an authorizer is set. */
  readonly by: string;
  /** `link` when the identity rests on the link alone, `authorizer` when a JWT authorizer vouched for it. */
  readonly identity: 'link' | 'authorizer';
  /** ISO 8601. */
  readonly at: string;
  readonly comment?: string;
}

/** Detail types of events on the workflow's bus; the source is `serverless-ai.workflow`. */
export const EVENT_SOURCE = 'serverless-ai.workflow';
export const EventType = {
  stepFailed: 'Workflow Step Failed',
  approvalRequested: 'Approval Requested',
  approvalDecided: 'Approval Decided',
} as const;

/** How an event becomes an execution name, so that a duplicate delivery never starts a second run. */
export interface StarterRequest {
  readonly kind: 'event' | 'object' | 'schedule' | 'message';
}

/** What a schedule sends to the starter; Scheduler fills both from its context attributes. */
export interface ScheduledStart {
  /** `<aws.scheduler.scheduled-time>`: names the run, so that a second delivery of one tick starts nothing. */
  readonly scheduledTime: string;
  /** `<aws.scheduler.schedule-arn>`: two schedules may share a tick. */
  readonly scheduleArn?: string;
  /** Input of the run; without it the run receives this object. */
  readonly input?: unknown;
}
