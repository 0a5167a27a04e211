import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../gateway/gateway';
import type { CacheGuard } from '../services/valkey/cache-door';
import type { ArmedFaults } from './armed-faults';
import type { Fault } from './fault';

/** Name of the caches among the services of a local run. */
export const CACHE_SERVICE = 'elasticache';

export interface CacheFaultsOptions {
  readonly gateway: Gateway;
  readonly armed: ArmedFaults;
  readonly kill: (environmentId: string) => void;
}

/** Puts each command of a cache into the log of calls, and makes it fail where a fault waits for it. */
export function cacheFaults({ gateway, armed, kill }: CacheFaultsOptions): CacheGuard {
  return async ({ accessKeyId = '', operation }, serve) => {
    const caller = gateway.callerOf(accessKeyId);
    gateway.record({ service: CACHE_SERVICE, operation, caller });
    const { functionName, environmentId } = caller;
    if (functionName === undefined || environmentId === undefined) return serve();
    const at = (when: 'before' | 'after') => armed.at({ type: 'call', when, service: CACHE_SERVICE, operation, functionName });

    for (const fault of at('before')) {
      if (fault.kind === 'kill') return void kill(environmentId);
      if (fault.kind === 'delay') await sleep(fault.delayMs);
      if (fault.kind === 'error') return errorReply(fault);
    }
    const after = at('after');
    const reply = await serve();
    for (const fault of after) {
      if (fault.kind === 'kill') return void kill(environmentId);
      if (fault.kind === 'lose-response') return undefined;
      if (fault.kind === 'delay') await sleep(fault.delayMs);
      if (fault.kind === 'error') return errorReply(fault);
    }
    return reply;
  };
}

function errorReply({ error = 'ERR', message = 'injected by a test' }: Fault): Buffer {
  return Buffer.from(`-${error} ${message}\r\n`);
}
