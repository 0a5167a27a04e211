import { ACCOUNT, REGION } from '../assembly/physical-name';
import { stateMachines } from '../assembly/state-machines';
import { whileBusy } from '../clock';
import { failureDestination } from '../events/failure-destination';
import type { FunctionSpec } from '../lambda/function-spec';
import { LambdaService } from '../lambda/lambda-service';
import { Executions } from '../stepfunctions/executions';
import { integrations } from '../stepfunctions/integrations';
import { statesApi } from '../stepfunctions/states-api';
import type { Site } from './site';

export function startLambda(site: Site, functions: readonly FunctionSpec[]): LambdaService {
  const lambda = new LambdaService({
    functions,
    gateway: site.gateway,
    region: REGION,
    accountId: ACCOUNT,
    clock: site.clock,
    onAsyncFailure: failureDestination({
      lambda: () => site.lambda,
      queue: (name) => site.queue(name),
      onUndelivered: (destination, reason) => site.notice(`a failed event did not reach ${destination}: ${reason}`),
    }),
  });
  site.onStop(() => lambda.close());
  return lambda;
}

export function startStateMachines(site: Site): Executions {
  const objects = { read: (bucket: string, key: string) => site.bucket(bucket).get(key) };
  const run = integrations({ lambda: site.lambda, objects });
  const executions = new Executions({
    machines: site.all(stateMachines),
    clock: site.clock,
    tokens: site.tokens,
    tasks: site.faults.aroundTasks((request) => whileBusy(site.clock, run(request))),
    onEvent: site.options.onEvent,
  });
  site.gateway.register('states', statesApi(executions, site.tokens));
  site.onStop(() => executions.stopAll());
  return executions;
}
