import type { Duration, Size } from 'aws-cdk-lib/core';
import type { RouteCondition, RoutingPolicyData } from '../../lambda/contract/routing';
import { routingProblems } from './routing-checks';

/** Every stated bound must hold; an empty condition holds always. Bounds are included. */
export interface RoutingCondition {
  /**
   * Smallest input.
   * @default - any
   */
  readonly minSize?: Size;
  /**
   * Largest input.
   * @default - any
   */
  readonly maxSize?: Size;
  /**
   * Fewest estimated tokens.
   * @default - any
   */
  readonly minTokens?: number;
  /**
   * Most estimated tokens.
   * @default - any
   */
  readonly maxTokens?: number;
  /**
   * Fewest attachments.
   * @default - any
   */
  readonly minAttachments?: number;
  /**
   * Most attachments.
   * @default - any
   */
  readonly maxAttachments?: number;
  /**
   * Shortest deadline of the caller. A caller without a deadline can wait for ever.
   * @default - any
   */
  readonly minDeadline?: Duration;
  /**
   * Longest deadline of the caller.
   * @default - any
   */
  readonly maxDeadline?: Duration;
  /**
   * Capabilities that the request asks for, all of them.
   * @default - any
   */
  readonly capabilities?: string[];
  /**
   * Tenants, one of them.
   * @default - any
   */
  readonly tenants?: string[];
  /**
   * Target that the caller asks for by name.
   * @default - any, or none
   */
  readonly override?: string;
}

/** A rule sends the requests that meet its condition to a target. */
export interface RoutingRule {
  /** Name that is logged with every decision of the rule. */
  readonly name: string;
  readonly when: RoutingCondition;
  /** Name of a target of the router. */
  readonly target: string;
}

/** Rules in their order, and where the rest goes. */
export interface RoutingPolicyOptions {
  /** The first rule whose condition holds decides. */
  readonly rules: RoutingRule[];
  /** Name of the target that takes what no rule matches. */
  readonly defaultTarget: string;
}

/** Where requests go, as data: the router reads it from a variable, and a change of it is a change of configuration. */
export class RoutingPolicy {
  public static of(options: RoutingPolicyOptions): RoutingPolicy {
    return new RoutingPolicy(options);
  }

  private constructor(private readonly options: RoutingPolicyOptions) {}

  /**
   * What cannot work with these targets.
   * @internal
   */
  public _problems(targetNames: readonly string[]): string[] {
    return routingProblems(this._data(), targetNames);
  }

  /** @internal */
  public _data(): RoutingPolicyData {
    const { rules, defaultTarget } = this.options;
    return { rules: rules.map(({ name, when, target }) => ({ name, when: conditionData(when), target })), defaultTarget };
  }
}

function conditionData(condition: RoutingCondition): RouteCondition {
  const { minSize, maxSize, minDeadline, maxDeadline, ...rest } = condition;
  const all: RouteCondition = {
    ...rest,
    minBytes: minSize?.toBytes(),
    maxBytes: maxSize?.toBytes(),
    minDeadlineMs: minDeadline?.toMilliseconds(),
    maxDeadlineMs: maxDeadline?.toMilliseconds(),
  };
  // What is absent stays absent: the policy has to fit a variable, and an undefined bound must not count as a condition.
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
