import { Env } from '../../lambda/contract/env';
import { functionSpecs } from './assembly/functions';
import type { Resolver } from './assembly/resolver';
import type { FunctionSpec } from './lambda/function-spec';

/** Values that only the local run sets: the cache speaks plain TCP on loopback here. */
const LOCAL_ENVIRONMENT = { [Env.chatMemoryTls]: 'off', ORT_DISABLE_TELEMETRY: '1' };

/** A server that is still starting. */
export interface StartingServer {
  readonly address: string;
  readonly ready: Promise<unknown>;
}

/** The functions of an assembly, with the addresses that things have on this machine. A function whose environment names a server waits for it. */
export function runnableFunctions(
  resolver: Resolver,
  starting: readonly StartingServer[],
  onNotice: (notice: string) => void,
): FunctionSpec[] {
  const specs = resolver.stacks.flatMap((stack) =>
    functionSpecs(stack, { onUnusable: ({ path }, problem) => onNotice(`${path} cannot run here: ${problem.message}`) }),
  );
  return specs.map((spec) => {
    const local = Object.entries(spec.environment).map(([name, value]) => [name, resolver.localAddresses(value)]);
    const environment = { ...Object.fromEntries(local), ...LOCAL_ENVIRONMENT };
    const awaited = starting.filter(({ address }) => JSON.stringify(environment).includes(address));
    if (awaited.length === 0) return { ...spec, environment };
    const ready = Promise.all(awaited.map((server) => server.ready));
    // A server that fails concerns those calls only that wait for it.
    ready.catch(() => undefined);
    return { ...spec, environment, ready };
  });
}
