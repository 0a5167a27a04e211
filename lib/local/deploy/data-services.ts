import { bucketNotifications } from '../assembly/bucket-notifications';
import { caches } from '../assembly/cache';
import { defaultCache } from '../assembly/functions';
import { keys } from '../assembly/keys';
import { buckets, queues, topics } from '../assembly/messaging';
import { parameters } from '../assembly/parameters';
import { secrets } from '../assembly/secret';
import { tables } from '../assembly/table';
import { taskDefinitions } from '../assembly/task-definitions';
import { containerServices } from '../assembly/work-models';
import { ContainerTasks } from '../containers/container-tasks';
import type { EventDelivery } from '../events/event-delivery';
import { objectCreatedEvent, objectDeletedEvent } from '../events/object-created';
import { ObjectNotifications } from '../events/object-notifications';
import type { Outbox } from '../events/outbox';
import { TopicDelivery } from '../events/topic-delivery';
import type { StartingServer } from '../runnable-functions';
import { LocalContainers } from '../services/containers';
import { startDynamoDb } from '../services/dynamodb/dynamodb';
import { LocalEventBus } from '../services/event-bus';
import type { BusEvent } from '../services/event-pattern';
import { LocalIdentity } from '../services/identity';
import { LocalKeys } from '../services/keys';
import { type LocalMessaging, startMessaging } from '../services/messaging';
import { LocalParameters } from '../services/parameters';
import { LocalSecrets } from '../services/secrets';
import { CacheDoor } from '../services/valkey/cache-door';
import { launchValkey } from '../services/valkey/valkey';
import { admitToCache } from './permissions';
import type { Site } from './site';

export async function startTables(site: Site): Promise<void> {
  site.serve(await startDynamoDb({ tables: site.all(tables), clock: site.clock }));
}

/** Buckets, queues and topics, with all whom they tell. */
export async function startMessages(site: Site, events: EventDelivery, outbox: Outbox): Promise<LocalMessaging> {
  const { clock } = site;
  const [bucketModels, topicModels] = [site.all(buckets), site.all(topics)];
  const announcing = new Set(bucketModels.filter(({ sendsToEventBridge }) => sendsToEventBridge).map(({ name }) => name));
  const notifications = new ObjectNotifications({ notifications: site.all(bucketNotifications), outbox, clock });
  const subscriptions = new TopicDelivery({ topics: topicModels, outbox, clock, onNotice: (text) => site.notice(text) });
  const messaging = await startMessaging({
    buckets: bucketModels,
    queues: site.all(queues),
    topics: topicModels,
    clock,
    onPublished: (message) => {
      site.inbox.receive(message);
      subscriptions.publish(message);
    },
    onObjectCreated: (created) => {
      notifications.created(created);
      if (announcing.has(created.bucket)) events.deliver(objectCreatedEvent(created, new Date(clock.now())));
    },
    onObjectRemoved: (removed) => {
      notifications.removed(removed);
      if (announcing.has(removed.bucket)) events.deliver(objectDeletedEvent(removed, new Date(clock.now())));
    },
  });
  site.serve(messaging);
  return messaging;
}

/** Answers the servers that are still starting; functions that need one wait for it. */
export async function startCaches(site: Site): Promise<StartingServer[]> {
  const starting: StartingServer[] = [];
  for (const stack of site.resolver.stacks) {
    for (const cache of caches(stack)) {
      const door = await CacheDoor.open(site.faults.cacheGuard, admitToCache(site, cache.arn));
      site.onStop(() => door.close());
      const valkey = await launchValkey({ users: cache.users, announcedPort: door.port });
      site.onStop(() => valkey.stop());
      door.leadTo(valkey.port);
      site.caches.push(valkey);
      const address = `${door.host}:${door.port}`;
      starting.push({ address, ready: valkey.ready });
      site.resolver.setEndpoint(stack, cache.logicalId, address);
    }
  }
  return starting;
}

/** Answers the containers, whose tasks others wait for. */
export function startSmallServices(site: Site, events: EventDelivery): LocalContainers {
  const onEvent = (event: BusEvent, bus: string) => {
    site.inbox.announce(event);
    events.deliver(event, bus);
  };
  const { clock } = site;
  site.serve(new LocalSecrets({ secrets: site.all(secrets), clock }));
  site.serve(new LocalKeys(site.all(keys)));
  site.serve(new LocalParameters({ parameters: site.all(parameters), clock }));
  site.serve(new LocalEventBus({ clock, onEvent }));
  const containers = new LocalContainers({ services: site.all(containerServices), runner: containerTasks(site) });
  site.serve(containers);
  const { account } = site.access;
  site.serve(
    new LocalIdentity({
      issueCredentials: (owner) => site.gateway.issueCredentials(owner),
      roleOfFunction: (name) => account.roleOfFunction(name),
      roleId: (roleArn) => account.role(roleArn)?.roleId,
      clock,
    }),
  );
  return containers;
}

function containerTasks(site: Site): ContainerTasks {
  return new ContainerTasks({
    definitions: site.all(taskDefinitions),
    gateway: site.gateway,
    clock: site.clock,
    layout: { cacheDirectory: defaultCache(), projectDirectory: process.cwd() },
    localAddresses: (value) => site.resolver.localAddresses(value),
    onNotice: (text) => site.notice(text),
  });
}
