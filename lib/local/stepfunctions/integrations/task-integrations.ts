import { AslError } from '../../asl/asl-error';
import type { TaskHandler } from '../../asl/task';
import { GatewayClient } from '../../calls/gateway-client';
import { ServiceCalls } from '../../calls/service-calls';
import { isObject } from '../../calls/wire';
import { type Clock, whileBusy } from '../../clock';
import type { Gateway } from '../../gateway/gateway';
import type { CredentialOwner } from '../../gateway/service';
import type { StateMachineModel } from '../state-machine-model';
import { invokeDirectly, invokeFunction } from './lambda-invoke';
import { publish, putEvents, sendMessage } from './messages';
import { invokeModel } from './model-call';
import { type RunningExecutions, startExecution } from './nested-execution';
import { type RunningTasks, runTask } from './run-task';
import { sdkCall } from './sdk-call';
import { taskProblem } from './supported-tasks';
import { tableItem } from './table-items';
import type { Integration } from './task-call';
import { taskTarget } from './task-target';

/** What Task states need to know of the executions around them. */
export interface TaskSurroundings extends RunningExecutions {
  /** The machine of an execution, also of a child execution of a Distributed Map. */
  machineOfExecution(executionArn: string): StateMachineModel;
}

export interface IntegrationsOptions {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly executions: () => TaskSurroundings;
  readonly tasks: RunningTasks;
}

/** Makes the calls of Task states: to the gateway, under the role of their state machine. */
export class TaskIntegrations {
  private readonly client: GatewayClient;
  private readonly calls: ServiceCalls;
  private readonly optimised: Readonly<Record<string, Integration>>;

  constructor(private readonly options: IntegrationsOptions) {
    const { gateway, clock, executions, tasks } = options;
    this.client = new GatewayClient(gateway);
    this.calls = new ServiceCalls(this.client, (work) => whileBusy(clock, work));
    this.optimised = {
      'lambda:invoke': invokeFunction,
      'sqs:sendMessage': sendMessage,
      'sns:publish': publish,
      'events:putEvents': putEvents,
      'dynamodb:getItem': tableItem,
      'dynamodb:putItem': tableItem,
      'dynamodb:updateItem': tableItem,
      'dynamodb:deleteItem': tableItem,
      'bedrock:invokeModel': invokeModel,
      'ecs:runTask': runTask(tasks),
      'states:startExecution': startExecution(executions),
    };
  }

  close(): void {
    this.client.close();
  }

  readonly run: TaskHandler = async (request) => {
    const target = taskTarget(request.resource);
    const integration = this.integrationOf(request.resource);
    const machine = this.options.executions().machineOfExecution(request.executionArn);
    return integration({
      request,
      machine,
      calls: this.calls,
      context: { owner: ownerOf(machine), signal: request.signal },
      operation: 'operation' in target ? target.operation : 'Invoke',
      pattern: 'pattern' in target ? target.pattern : '',
      parameters: isObject(request.input) ? request.input : {},
    });
  };

  private integrationOf(resource: string): Integration {
    const target = taskTarget(resource);
    // Datasets and results of a Distributed Map, which no Task can name.
    if (target.kind === 'optimised' && target.name.startsWith('s3:')) return sdkCall('s3');
    const problem = taskProblem(resource);
    if (problem !== undefined) throw new AslError('LocalRun.UnsupportedIntegration', problem);
    if (target.kind === 'optimised') return this.optimised[target.name]!;
    return target.kind === 'sdk' ? sdkCall(target.service) : invokeDirectly;
  }
}

function ownerOf({ arn, roleArn }: StateMachineModel): CredentialOwner {
  return { stateMachineArn: arn, ...(roleArn !== undefined && { roleArn }) };
}
