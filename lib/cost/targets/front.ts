import { EventSource } from '../../workload/workload-profile';
import { HTTP_API, WEBSOCKET_API } from '../services/api-gateway';
import { SCHEDULER, SQS } from '../services/messages';
import { MODEL_TOKENS } from '../services/models';
import { LOAD_BALANCER } from '../services/network';
import { usageOf } from '../usage';
import type { EstimateFacts } from './estimate-facts';
import type { TargetPlan } from './target-plan';

const NONE: TargetPlan = { usages: [], assumptions: [] };
/** Send, receive, delete. */
const QUEUE_REQUESTS = 3;
const MINUTE = 60;

/** What brings the requests to the work on AWS; the same for every target, save how HTTP gets in. */
export function arrival({ profile, requests, seconds }: EstimateFacts): TargetPlan {
  switch (profile.eventSource) {
    case EventSource.QUEUE:
      return {
        usages: [
          usageOf(SQS, { requests: requests * QUEUE_REQUESTS, ...(profile.payload?.request && { payload: profile.payload.request }) }),
        ],
        assumptions: [`each job takes ${QUEUE_REQUESTS} requests of its queue`],
      };
    case EventSource.SCHEDULE:
      return { usages: [usageOf(SCHEDULER, { invocations: requests })], assumptions: [] };
    case EventSource.WEBSOCKET:
      return {
        usages: [usageOf(WEBSOCKET_API, { messages: requests * 2, connectionMinutes: (requests * seconds) / MINUTE })],
        assumptions: ['a WebSocket connection lasts as long as its request, and carries two messages'],
      };
    default:
      return NONE;
  }
}

/** HTTP to a container that stays goes through a load balancer. */
export function loadBalancer({ profile }: EstimateFacts): TargetPlan {
  if (profile.eventSource !== EventSource.HTTP) return NONE;
  return {
    usages: [usageOf(LOAD_BALANCER, { capacityUnits: 1 })],
    assumptions: ['HTTP comes through an application load balancer that uses one capacity unit'],
  };
}

/** HTTP to what has no address of its own. */
export function httpApi({ profile, requests }: EstimateFacts): TargetPlan {
  if (profile.eventSource !== EventSource.HTTP) return NONE;
  const payload = profile.payload?.request;
  return { usages: [usageOf(HTTP_API, { requests, ...(payload && { payload }) })], assumptions: ['HTTP comes through an HTTP API'] };
}

/** Tokens cost the same wherever the code runs. */
export function modelTokens({ profile, requests }: EstimateFacts): TargetPlan {
  const { tokens } = profile;
  if (tokens === undefined) return NONE;
  const { input, output, inputPrice, outputPrice } = tokens;
  if (inputPrice === undefined || outputPrice === undefined)
    return { usages: [], assumptions: ['tokens of the model are left out, since the profile states no prices for them'] };
  const usage = { input: requests * input, output: requests * output, inputPrice, outputPrice, source: 'the profile' };
  return { usages: [usageOf(MODEL_TOKENS, usage)], assumptions: [] };
}
