import { Env } from '../contract/env';
import type { RouteTargets, RoutingPolicyData } from '../contract/routing';
import type { HttpAnswer } from '../shared/http-event';
import { log } from '../shared/logger';
import { readEnv, readJsonEnv } from '../shared/read-env';
import { ResponseStore } from '../shared/response-store';
import { type RouterTools, route } from './route';
import { describeExecution, targetClients } from './target-clients';

const responses = new ResponseStore(() => readEnv(Env.responseBucket));

const tools: RouterTools = {
  policy: readJsonEnv<RoutingPolicyData>(Env.routingPolicy),
  targets: readJsonEnv<RouteTargets>(Env.routeTargets),
  clients: targetClients,
  accept: (userId, record) => responses.accept(userId, record),
  read: (userId, responseId) => responses.read(userId, responseId),
  describe: describeExecution,
  now: Date.now,
  onLateFailure: (what, error) => log.error(`${what} failed`, { error }),
};

export const handler = (event: unknown): Promise<HttpAnswer> => route(event, tools);
