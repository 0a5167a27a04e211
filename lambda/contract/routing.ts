/** Features of a request on which a policy decides; `decide` computes those that the caller does not state. */
export interface RequestFeatures {
  readonly bytes: number;
  readonly estimatedTokens: number;
  readonly attachments: number;
  readonly capabilities: readonly string[];
  /** Milliseconds that the caller can wait; absent means no deadline. */
  readonly deadlineMs?: number;
  readonly tenant?: string;
  /** Name of a target that the caller asks for. */
  readonly override?: string;
}

/** Every stated bound must hold; an empty condition holds always. */
export interface RouteCondition {
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly minTokens?: number;
  readonly maxTokens?: number;
  readonly minAttachments?: number;
  readonly maxAttachments?: number;
  readonly minDeadlineMs?: number;
  readonly maxDeadlineMs?: number;
  /** All of these are asked for. */
  readonly capabilities?: readonly string[];
  readonly tenants?: readonly string[];
  readonly override?: string;
}

export interface RouteRule {
  readonly name: string;
  readonly when: RouteCondition;
  /** Name of a route target. */
  readonly target: string;
}

/** First match wins; `defaultTarget` takes the rest. */
export interface RoutingPolicyData {
  readonly rules: readonly RouteRule[];
  readonly defaultTarget: string;
}

export type RouteTargetData =
  | { readonly kind: 'function'; readonly functionArn: string }
  | { readonly kind: 'stateMachine'; readonly stateMachineArn: string }
  | {
      readonly kind: 'queue';
      readonly queueUrl: string;
      /** Service that the router wakes from zero right after it has sent the message. */
      readonly service?: { readonly cluster: string; readonly service: string };
    }
  | { readonly kind: 'endpoint'; readonly url: string; readonly timeoutMs: number; readonly secretArn?: string };

export type RouteTargets = Readonly<Record<string, RouteTargetData>>;

/** A message on a worker queue. */
export interface RoutedJob {
  readonly responseId: string;
  readonly tenant?: string;
  readonly userId: string;
  readonly input: unknown;
}

/** State of routed work: the object at the response's key, and what GET /responses/{id} answers. */
export type ResponseRecord =
  | {
      readonly status: 'accepted';
      readonly responseId: string;
      readonly target: string;
      readonly at: string;
      readonly executionArn?: string;
    }
  | { readonly status: 'succeeded'; readonly responseId: string; readonly at: string; readonly output: unknown }
  | { readonly status: 'failed'; readonly responseId: string; readonly at: string; readonly error: string };

/** Prefix of every response object. */
export const RESPONSE_PREFIX = 'responses/';

/** After so many receives a job goes to the dead-letter queue, and its last worker records the failure. */
export const WORKER_MAX_RECEIVES = 5;

/** A worker stops within this time after SIGTERM; the container's stop timeout has to be longer. */
export const WORKER_STOP_MS = 110_000;

/** Largest request bodies that each way can carry, in bytes of UTF-8. */
export const ROUTER_LIMITS = {
  /** Synchronous request of a function behind a function URL or API Gateway, less what the event adds. */
  bodyBytes: 5 * 1_024 * 1_024,
  /** Input of a state machine execution, less the envelope. */
  stateMachineBytes: 250 * 1_024,
  /** SQS message, less the envelope; deliberately the older, lower bound that every region and queue has. */
  queueBytes: 250 * 1_024,
} as const;
