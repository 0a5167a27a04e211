import type { RuleModel, RuleTarget } from '../assembly/event-models';
import type { LambdaService } from '../lambda/lambda-service';
import type { LocalQueue } from '../local-queue';
import { type BusEvent, matchesPattern } from '../services/event-pattern';
import type { Executions } from '../stepfunctions/executions';

export interface EventDeliveryOptions {
  readonly rules: readonly RuleModel[];
  readonly lambda: () => LambdaService;
  readonly executions: () => Executions;
  readonly queue: (name: string) => LocalQueue;
  /** Told of targets that the local run does not serve. */
  readonly onUndelivered: (rule: RuleModel, target: RuleTarget, reason: string) => void;
}

/** Matches events against the template's rules and hands them to the targets, as EventBridge does. */
export class EventDelivery {
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly options: EventDeliveryOptions) {}

  deliver(event: BusEvent, busName = 'default'): void {
    for (const rule of this.options.rules) {
      if (!rule.enabled || rule.busName !== busName || rule.pattern === undefined) continue;
      if (!matchesPattern(rule.pattern as never, event as never)) continue;
      for (const target of rule.targets) this.track(this.send(rule, target, event));
    }
  }

  /** Resolves when every event so far was handed over. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  private track(work: Promise<void>): void {
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
  }

  private async send(rule: RuleModel, target: RuleTarget, event: BusEvent): Promise<void> {
    const payload = target.input ?? JSON.stringify(event);
    try {
      if (target.inputPath !== undefined || target.inputTransformer !== undefined) {
        throw new Error('the local run passes events whole or as a constant input');
      }
      if (target.arn.includes(':function:')) {
        await this.options.lambda().invoke({ functionName: target.arn, payload, invocationType: 'Event' });
      } else if (target.arn.includes(':stateMachine:')) {
        this.options.executions().start({ stateMachineArn: target.arn, input: JSON.parse(payload) });
      } else if (target.arn.includes(':sqs:')) {
        await this.options.queue(target.arn.slice(target.arn.lastIndexOf(':') + 1)).send(payload, { groupId: target.messageGroupId });
      } else throw new Error('the local run delivers to functions, state machines and queues');
    } catch (error) {
      this.options.onUndelivered(rule, target, (error as Error).message);
    }
  }
}
