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
