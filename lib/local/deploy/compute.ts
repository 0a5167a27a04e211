import { ACCOUNT, REGION } from '../assembly/physical-name';
import { stateMachines } from '../assembly/state-machines';
import type { EventDelivery } from '../events/event-delivery';
import { failureDestination } from '../events/failure-destination';
import type { FunctionSpec } from '../lambda/function-spec';
import { LambdaService } from '../lambda/lambda-service';
import { Executions } from '../stepfunctions/executions';
import { TaskIntegrations } from '../stepfunctions/integrations';
import type { RunningTasks } from '../stepfunctions/integrations/run-task';
import { isExpress } from '../stepfunctions/state-machine-model';
import { statesApi } from '../stepfunctions/states-api';
import { statusEvent } from '../stepfunctions/status-event';
import type { Site } from './site';

/** What state machines tell of themselves to, and wait for. */
export interface StateMachineNeighbours {
  readonly events: EventDelivery;
  readonly containers: RunningTasks;
}

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

export function startStateMachines(site: Site, { events, containers }: StateMachineNeighbours): Executions {
  const { gateway, clock, tokens, faults, options } = site;
  const integrations = new TaskIntegrations({ gateway, clock, executions: () => executions, tasks: containers });
  const executions = new Executions({
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
