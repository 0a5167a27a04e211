import { createHash, randomUUID } from 'node:crypto';
import {
  type ResponseRecord,
  ROUTER_LIMITS,
  type RoutedJob,
  type RouteTargetData,
  type RouteTargets,
  type RoutingPolicyData,
} from '../contract/routing';
import { type Identity, identityOf } from '../runtime/memory/identity';
import { answer, type HttpAnswer, HttpError, type HttpRequest, httpRequestOf } from '../shared/http-event';
import { log } from '../shared/logger';
import { decide, overridesOf } from './decide';
import { type DispatchTools, dispatch } from './dispatch';
import { featuresOf } from './features-of';
import { parseRequest, type RoutedRequest } from './parse-request';

export interface RouterTools extends DispatchTools {
  readonly policy: RoutingPolicyData;
  readonly targets: RouteTargets;
  read(userId: string, responseId: string): Promise<ResponseRecord | undefined>;
  /** State of an execution that has not written a response of its own. */
  describe(executionArn: string): Promise<ResponseRecord | undefined>;
}

const RESPONSE_PATH = /\/responses\/([0-9A-Za-z-]{1,64})\/?$/;

/** The whole router: every event gets an HTTP answer, and only a caller whom an authorizer vouches for gets work done. */
export async function route(event: unknown, tools: RouterTools): Promise<HttpAnswer> {
  try {
    const request = httpRequestOf(event);
    const identity = identityOf(event);
    if (!identity) throw new HttpError(401, 'the router answers authenticated callers only; put an authorizer in front of it');
    const [, responseId] = RESPONSE_PATH.exec(request.path) ?? [];
    if (responseId !== undefined && request.method === 'GET') return await readResponse(identity.userId, responseId, tools);
    if (request.method !== 'POST')
      throw new HttpError(405, 'use POST to send work and GET /responses/{id} to read its result', { allow: 'POST' });
    return await accept(request, identity, tools);
  } catch (error) {
    if (error instanceof HttpError) {
      if (error.status >= 500) log.error('routing failed', { error, cause: String(error.cause ?? '') });
      return answer(error.status, { message: error.message }, error.headers);
    }
    log.error('routing failed', { error });
    return answer(500, { message: 'the request could not be routed' });
  }
}

async function accept(http: HttpRequest, identity: Identity, tools: RouterTools): Promise<HttpAnswer> {
  const request = parseRequest(http, identity, overridesOf(tools.policy));
  const features = featuresOf(request);
  const decision = decide(tools.policy, features);
  const target = tools.targets[decision.target];
  const { userId, tenant, input } = request;
  const job: RoutedJob = { responseId: responseIdOf(request), userId, ...(tenant === undefined ? {} : { tenant }), input };
  log.info('routed', { ...decision, responseId: job.responseId, tenant, ...features });
  if (!target) throw new HttpError(500, `the policy names the target ${JSON.stringify(decision.target)}, which the router does not have`);
  checkSize(target, features.bytes, decision.target);
  return dispatch(decision.target, target, job, tools);
}

/** A key of the caller's makes a repeated request the same work. It is bound to the user: nobody can guess into another's. */
function responseIdOf({ userId, idempotencyKey }: RoutedRequest): string {
  if (idempotencyKey === undefined) return randomUUID();
  return createHash('sha256')
    .update(JSON.stringify([userId, idempotencyKey]))
    .digest('hex')
    .slice(0, 40);
}

function checkSize(target: RouteTargetData, bytes: number, name: string): void {
  const limit = {
    stateMachine: ROUTER_LIMITS.stateMachineBytes,
    queue: ROUTER_LIMITS.queueBytes,
    function: undefined,
    endpoint: undefined,
  }[target.kind];
  if (limit === undefined || bytes <= limit) return;
  throw new HttpError(
    413,
    `input for ${JSON.stringify(name)} must be at most ${limit} bytes, got ${bytes}; put large input into S3 and send its key`,
  );
}

async function readResponse(userId: string, responseId: string, tools: RouterTools): Promise<HttpAnswer> {
  const record = await tools.read(userId, responseId);
  if (!record) throw new HttpError(404, `no response ${JSON.stringify(responseId)} of yours`);
  const current = record.status === 'accepted' && record.executionArn ? ((await tools.describe(record.executionArn)) ?? record) : record;
  if (current.status !== 'accepted') return answer(200, current);
  return answer(202, { responseId, status: 'accepted', at: current.at }, { 'retry-after': '2' });
}
