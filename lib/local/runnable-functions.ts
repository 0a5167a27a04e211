import { Env } from '../../lambda/contract/env';
import { functionSpecs } from './assembly/functions';
import type { Resolver } from './assembly/resolver';
import type { FunctionSpec } from './lambda/function-spec';

/** Values that only the local run sets: the cache speaks plain TCP on loopback here. */
const LOCAL_ENVIRONMENT = { [Env.chatMemoryTls]: 'off', ORT_DISABLE_TELEMETRY: '1' };

/** The functions of an assembly, with the addresses that things have on this machine. */
export function runnableFunctions(resolver: Resolver, onNotice: (notice: string) => void): FunctionSpec[] {
  const specs = resolver.stacks.flatMap((stack) =>
    functionSpecs(stack, { onUnusable: ({ path }, problem) => onNotice(`${path} cannot run here: ${problem.message}`) }),
  );
  return specs.map((spec) => {
    const local = Object.entries(spec.environment).map(([name, value]) => [name, resolver.localAddresses(value)]);
    return { ...spec, environment: { ...Object.fromEntries(local), ...LOCAL_ENVIRONMENT } };
  });
}
