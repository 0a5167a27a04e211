import type { ECSClient } from '@aws-sdk/client-ecs';

export interface ServiceName {
  readonly cluster: string;
  readonly service: string;
}

type Sdk = typeof import('@aws-sdk/client-ecs');

let opened: Promise<{ sdk: Sdk; client: ECSClient }> | undefined;
const waking = new Map<string, Promise<void>>();

/**
 * Raises a service from zero tasks to one. CloudWatch would notice the first message up to a quarter of an hour late,
 * since an idle queue publishes no metrics. Concurrent requests of an environment ask once.
 */
export function wakeService(name: ServiceName): Promise<void> {
  const key = `${name.cluster}/${name.service}`;
  const running = waking.get(key);
  if (running) return running;
  const wake = raiseFromZero(name).finally(() => waking.delete(key));
  waking.set(key, wake);
  return wake;
}

async function raiseFromZero({ cluster, service }: ServiceName): Promise<void> {
  opened ??= import('@aws-sdk/client-ecs').then((sdk) => ({ sdk, client: new sdk.ECSClient({}) }));
  const { sdk, client } = await opened;
  const { services = [] } = await client.send(new sdk.DescribeServicesCommand({ cluster, services: [service] }));
  const found = services[0];
  if (!found) throw new Error(`service ${service} is not in cluster ${cluster}`);
  // Scaling may have acted since: setting 1 over a larger count would take tasks away.
  if (found.desiredCount !== 0) return;
  await client.send(new sdk.UpdateServiceCommand({ cluster, service, desiredCount: 1 }));
}
