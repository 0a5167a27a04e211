import { rules, schedules } from '../assembly/event-models';
import { REGION } from '../assembly/physical-name';
import { eventSources } from '../assembly/work-models';
import { GatewayClient } from '../calls/gateway-client';
import { ServiceCalls } from '../calls/service-calls';
import { whileBusy } from '../clock';
import { EventDelivery } from '../events/event-delivery';
import { Outbox } from '../events/outbox';
import { QueueFeeds } from '../events/queue-feeds';
import { scheduleDelivery } from '../events/scheduler-delivery';
import { Schedules } from '../events/schedules';
import { admitRuleTarget, admitScheduleTarget, ruleCaller } from '../iam/delivery-permissions';
import { ManualClock } from '../manual-clock';
import type { LocalMessaging } from '../services/messaging';
import { SkipClock } from '../skip-clock';
import { pollerOf } from './permissions';
import type { Site } from './site';

/** Carries everything that one service of the stacks hands to another. */
export function startOutbox(site: Site): Outbox {
  const client = new GatewayClient(site.gateway);
  const calls = new ServiceCalls(client, (work) => whileBusy(site.clock, work));
  const outbox = new Outbox({ calls, clock: site.clock, onNotice: (text) => site.notice(text) });
  site.onStop(async () => {
    await outbox.stop();
    client.close();
  });
  return outbox;
}

/** Brings events to the targets of the rules that match them. */
export function eventDelivery(site: Site, outbox: Outbox): EventDelivery {
  return new EventDelivery({
    rules: site.all(rules),
    outbox,
    clock: site.clock,
    callerOf: ruleCaller,
    admit: (rule, target) => admitRuleTarget(site.access, rule, target),
    onNotice: (text) => site.notice(text),
  });
}

/** Fires the schedules of Scheduler and of rules, where time passes by itself or is told to. */
export function startSchedules(site: Site, outbox: Outbox, events: EventDelivery): void {
  const own = site.all(schedules).filter(({ enabled }) => enabled);
  const ofRules = site.all(rules).filter(({ enabled, scheduleExpression }) => enabled && scheduleExpression !== undefined);
  const names = [...own, ...ofRules].map(({ logicalId }) => logicalId);
  if (names.length === 0 || site.options.schedules === false) return;
  if (site.clock instanceof SkipClock && !(site.clock instanceof ManualClock)) {
    // A jump over the days of an approval would fire a schedule of minutes a thousand times.
    site.notice(`schedules do not fire while time is skipped: ${names.join(', ')}; let time: 'manual' pass with advance`);
    return;
  }
  const all = new Schedules({ clock: site.clock, onNotice: (text) => site.notice(text) });
  site.onStop(() => all.stop());
  for (const schedule of own) {
    const admit = () => admitScheduleTarget(site.access, schedule);
    all.add({ ...schedule, label: `schedule ${schedule.logicalId}` }, (firing) => outbox.send(scheduleDelivery(schedule, firing, admit)));
  }
  for (const rule of ofRules) {
    const timed = { label: `rule ${rule.logicalId}`, expression: rule.scheduleExpression ?? '', timezone: 'UTC' };
    all.add(timed, ({ scheduledTime }) => events.fireSchedule(rule, scheduledTime));
  }
}

/** Brings messages of queues to the functions that are mapped to them. */
export function queueFeeds(site: Site, messaging: LocalMessaging): QueueFeeds {
  const feeds = new QueueFeeds({
    sources: site.all(eventSources),
    queue: (name, source) => site.queueAs(name, pollerOf(site, source.functionArn)),
    sizeOf: (name) => messaging.sizeOf(name),
    lambda: () => site.lambda,
    region: REGION,
    clock: site.clock,
    onNotice: (text) => site.notice(text),
  });
  // A message has come, directly or through a topic.
  site.gateway.intercept(async ({ operation = '' }, _response, next) => {
    await next();
    if (/^(SendMessage|Publish)/.test(operation)) feeds.look();
  });
  return feeds;
}
