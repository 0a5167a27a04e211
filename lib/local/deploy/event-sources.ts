import { rules } from '../assembly/event-models';
import { REGION } from '../assembly/physical-name';
import { eventSources } from '../assembly/work-models';
import { EventDelivery } from '../events/event-delivery';
import { QueueFeeds } from '../events/queue-feeds';
import type { LocalMessaging } from '../services/messaging';
import { pollerOf } from './permissions';
import type { Site } from './site';

/** Brings events to the targets of the rules that match them. */
export function eventDelivery(site: Site): EventDelivery {
  const delivery = new EventDelivery({
    rules: site.all(rules),
    lambda: () => site.lambda,
    executions: () => site.executions,
    queue: (name) => site.queue(name),
    onUndelivered: (rule, target, reason) => site.notice(`rule ${rule.logicalId} did not reach ${target.arn}: ${reason}`),
  });
  site.onStop(() => delivery.settled());
  return delivery;
}

/** Brings messages of queues to the functions that are mapped to them. */
export function queueFeeds(site: Site, messaging: LocalMessaging): QueueFeeds {
  return new QueueFeeds({
    sources: site.all(eventSources),
    queue: (name, source) => site.queueAs(name, pollerOf(site, source.functionArn)),
    sizeOf: (name) => messaging.sizeOf(name),
    lambda: () => site.lambda,
    region: REGION,
    onNotice: (text) => site.notice(text),
  });
}
