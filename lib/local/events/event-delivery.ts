import { randomUUID } from 'node:crypto';
import type { RuleModel, RuleTarget } from '../assembly/event-models';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { Clock } from '../clock';
import type { CredentialOwner } from '../gateway/service';
import { type BusEvent, matchesPattern } from '../services/event-pattern';
import { inputOf } from './event-input';
import type { Delivery, Outbox } from './outbox';
import { isoSeconds } from './scheduler-delivery';
import { targetCall } from './target-call';

export interface EventDeliveryOptions {
  readonly rules: readonly RuleModel[];
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** In whose name a rule calls its target. */
  readonly callerOf: (rule: RuleModel, target: RuleTarget) => CredentialOwner;
  /** Throws when the rule may not act as it must for the target; the call itself is checked where it arrives. */
  readonly admit: (rule: RuleModel, target: RuleTarget) => void;
  readonly onNotice: (notice: string) => void;
}

const EVENTS = 'events.amazonaws.com';
/** Rules that lead events in a circle of buses end here. */
const MOST_HOPS = 5;

/** Matches events against the template's rules and hands them to the targets, as EventBridge does. */
export class EventDelivery {
  constructor(private readonly options: EventDeliveryOptions) {}

  deliver(event: BusEvent, busName = 'default', hops = 0): void {
    for (const rule of this.options.rules) {
      if (!rule.enabled || rule.busName !== busName || rule.pattern === undefined) continue;
      if (this.matches(rule, event)) this.fire(rule, event, hops);
    }
  }

  /** Hands the event of a schedule to the targets of its rule. */
  fireSchedule(rule: RuleModel, scheduledTime: number): void {
    this.fire(rule, {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: ACCOUNT,
      time: isoSeconds(scheduledTime),
      region: REGION,
      resources: [rule.arn],
      detail: {},
    });
  }

  private matches(rule: RuleModel, event: BusEvent): boolean {
    try {
      return matchesPattern(rule.pattern as never, event as never);
    } catch (error) {
      // A pattern that AWS would have refused at deployment must not fail whoever puts the event.
      this.options.onNotice(`rule ${rule.logicalId} matches nothing: ${(error as Error).message}`);
      return false;
    }
  }

  private fire(rule: RuleModel, event: BusEvent, hops = 0): void {
    for (const target of rule.targets) this.options.outbox.send(this.deliveryOf(rule, target, event, hops));
  }

  private deliveryOf(rule: RuleModel, target: RuleTarget, event: BusEvent, hops: number): Delivery {
    const { clock, callerOf, admit } = this.options;
    const [, , , , , resource = ''] = target.arn.split(':');
    const payload = () => inputOf(event, rule, target, clock.now());
    return {
      label: `rule ${rule.logicalId} to ${target.arn}`,
      owner: callerOf(rule, target),
      maximumRetryAttempts: target.maximumRetryAttempts,
      maximumEventAgeSeconds: target.maximumEventAgeSeconds,
      attempt: () => {
        admit(rule, target);
        if (resource.startsWith('event-bus/')) return () => this.forward(event, resource.slice('event-bus/'.length), hops);
        const isTask = target.task !== undefined && target.input === undefined && target.inputTransformer === undefined;
        return targetCall(target, isTask ? '' : payload());
      },
      ...(target.deadLetterArn !== undefined && {
        deadLetter: {
          arn: target.deadLetterArn,
          owner: { servicePrincipal: EVENTS, sourceArn: rule.arn },
          body: () => JSON.stringify(event),
          attributes: ({ code, message, exhausted = '', retries }) => ({
            RULE_ARN: rule.arn,
            TARGET_ARN: target.arn,
            ERROR_CODE: code,
            ERROR_MESSAGE: message,
            EXHAUSTED_RETRY_CONDITION: exhausted,
            RETRY_ATTEMPTS: String(retries),
          }),
        },
      }),
    };
  }

  /** The event itself goes to the other bus, with its id and source. */
  private forward(event: BusEvent, busName: string, hops: number): void {
    if (hops >= MOST_HOPS) throw new Error(`the event ${event.id} went over ${MOST_HOPS} buses; rules may lead it in a circle`);
    this.deliver(event, busName, hops + 1);
  }
}
