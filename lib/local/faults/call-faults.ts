import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerError } from '../gateway/error-answer';
import type { Interceptor } from '../gateway/gateway';
import type { ServiceRequest } from '../gateway/service';
import type { ArmedFaults } from './armed-faults';
import type { Fault } from './fault';
import { HeldResponse } from './held-response';
import { expired, throttled } from './refusals';

export interface CallFaultsOptions {
  readonly armed: ArmedFaults;
  readonly kill: (environmentId: string) => void;
}

/** Makes the calls of functions fail where a fault waits for them. */
export function callFaults({ armed, kill }: CallFaultsOptions): Interceptor {
  const expiredKeys = new Set<string>();

  return async (call, response, next) => {
    const { functionName, environmentId, accessKeyId } = call.caller;
    if (functionName === undefined || environmentId === undefined) return next();
    const at = (when: 'before' | 'after') =>
      armed.at({ type: 'call', when, service: call.service, operation: call.operation, functionName });

    for (const fault of at('before')) {
      if (fault.kind === 'kill') {
        kill(environmentId);
        return void response.destroy();
      }
      if (fault.kind === 'expire-token') expiredKeys.add(accessKeyId);
      if (fault.kind === 'delay') await sleep(fault.delayMs);
      if (refuse(fault, call, response)) return;
    }
    if (expiredKeys.has(accessKeyId)) return answerError(call.request, response, call.service, expired(call.service));

    const after = at('after');
    if (after.length === 0) return next();
    const held = new HeldResponse(call.request);
    await next(held);
    for (const fault of after) {
      if (fault.kind === 'delay') await sleep(fault.delayMs);
      if (fault.kind === 'expire-token') expiredKeys.add(accessKeyId);
      if (fault.kind === 'kill') kill(environmentId);
      if (fault.kind === 'kill' || fault.kind === 'lose-response') return void response.destroy();
      if (refuse(fault, call, response)) return;
    }
    held.passTo(response);
  };
}

/** Answers for the service, where the fault is an answer. */
function refuse(fault: Fault, { request, service }: ServiceRequest, response: ServerResponse): boolean {
  if (fault.kind === 'throttle') answerError(request, response, service, throttled(service));
  else if (fault.kind === 'error') {
    answerError(request, response, service, { status: 400, code: fault.error ?? '', message: fault.message ?? 'injected by a test' });
  } else return false;
  return true;
}
