import { ACCOUNT, REGION } from '../assembly/physical-name';
import { stateMachines } from '../assembly/state-machines';
import { GatewayClient } from '../calls/gateway-client';
import { ServiceCalls } from '../calls/service-calls';
import { whileBusy } from '../clock';
import { AsyncDestinations } from '../events/async-destinations';
import type { EventDelivery } from '../events/event-delivery';
import type { FunctionSpec } from '../lambda/function-spec';
import { LambdaService } from '../lambda/lambda-service';
import { Executions } from '../stepfunctions/executions';
import type { RunningTasks } from '../stepfunctions/integrations/run-task';
import { TaskIntegrations } from '../stepfunctions/integrations/task-integrations';
import { isExpress } from '../stepfunctions/state-machine-model';
import { statesApi } from '../stepfunctions/states-api';
import { statusEvent } from '../stepfunctions/status-event';
import { pollerOf } from './permissions';
import type { Site } from './site';

/** What state machines tell of themselves to, and wait for. */
export interface StateMachineNeighbours {
  readonly events: EventDelivery;
  readonly containers: RunningTasks;
}

export function startLambda(site: Site, functions: readonly FunctionSpec[]): LambdaService {
  const client = new GatewayClient(site.gateway);
  const destinations = new AsyncDestinations({
    calls: new ServiceCalls(client, (work) => whileBusy(site.clock, work)),
    ownerOf: (functionArn) => pollerOf(site, functionArn),
    onUndelivered: (target, reason) => site.notice(`what became of an asynchronous event did not reach ${target}: ${reason}`),
  });
  const lambda = new LambdaService({
    functions,
    gateway: site.gateway,
    region: REGION,
    accountId: ACCOUNT,
    clock: site.clock,
    concurrency: site.options.concurrency,
    onAsyncFailure: (destination, record) => destinations.record(destination, record),
    onDeadLetter: (target, letter) => destinations.deadLetter(target, letter),
  });
  site.onStop(async () => {
    destinations.stop();
    await lambda.close();
    client.close();
  });
  return lambda;
}

export function startStateMachines(site: Site, { events, containers }: StateMachineNeighbours): Executions {
  const { gateway, clock, tokens, faults, options } = site;
  const integrations: TaskIntegrations = new TaskIntegrations({ gateway, clock, executions: () => executions, tasks: containers });
  const executions: Executions = new Executions({
    machines: site.all(stateMachines),
    clock,
    tokens,
    tasks: faults.aroundTasks(integrations.run),
    onEvent: options.onEvent,
    onStatus: (record) => {
      // The executions of EXPRESS machines are too many to tell of each.
      if (!isExpress(record.machine)) events.deliver(statusEvent(record, clock.now()));
    },
  });
  gateway.register('states', statesApi(executions, tokens, clock));
  site.onStop(() => integrations.close());
  site.onStop(() => executions.stopAll());
  for (const machine of executions.machines.all) {
    const problem = problemOf(() => executions.machines.definitionOf(machine));
    if (problem !== undefined) site.notice(`${machine.path} cannot run here: ${problem.replaceAll('\n', '; ')}`);
  }
  return executions;
}

function problemOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
