import type { Check } from '../access-control';
import { type ActionCall, type ActionTable, arnOf, arnOrName, text } from './action-call';

const MACHINE_PARTS = 7;

/**
 * A version or alias is checked as its machine; which one it is stands in a condition key.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
function machineCheck(action: string, qualifiedArn: string): Check {
  const parts = qualifiedArn.split(':');
  const qualifier = parts[MACHINE_PARTS];
  const resource = parts.slice(0, MACHINE_PARTS).join(':');
  return { action, resource, ...(qualifier !== undefined && { context: { 'states:StateMachineQualifier': [qualifier] } }) };
}

function onMachine(operation: string) {
  return ({ input }: ActionCall): Check[] => [machineCheck(`states:${operation}`, text(input['stateMachineArn']))];
}

function onExecution(operation: string) {
  return ({ input }: ActionCall): Check[] => [{ action: `states:${operation}`, resource: text(input['executionArn']) }];
}

/** Answers are authorised on the machine whose task waits. */
function onToken(operation: string) {
  return ({ input, directory }: ActionCall): Check[] => [
    { action: `states:${operation}`, resource: directory.machineOfToken(text(input['taskToken'])) ?? '*' },
  ];
}

function table(operations: readonly string[], make: (operation: string) => ActionTable[string]): ActionTable {
  return Object.fromEntries(operations.map((operation) => [operation, make(operation) as NonNullable<ActionTable[string]>]));
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export const STATES_ACTIONS: ActionTable = {
  ...table(
    [
      'StartExecution',
      'StartSyncExecution',
      'ListExecutions',
      'DescribeStateMachine',
      'ListStateMachineAliases',
      'ListStateMachineVersions',
    ],
    onMachine,
  ),
  ...table(
    ['DescribeExecution', 'GetExecutionHistory', 'StopExecution', 'RedriveExecution', 'DescribeStateMachineForExecution'],
    onExecution,
  ),
  ...table(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'], onToken),
  ...table(['DescribeMapRun', 'UpdateMapRun'], (operation) => ({ input }) => [
    { action: `states:${operation}`, resource: text(input['mapRunArn']) },
  ]),
  ListMapRuns: ({ input }) => [{ action: 'states:ListMapRuns', resource: text(input['executionArn']) }],
  ListStateMachines: () => [{ action: 'states:ListStateMachines', resource: '*' }],
};

const FUNCTION_PATH = /^\/\d{4}-\d{2}-\d{2}\/functions\/([^/?]+)\//;
const FUNCTION_PARTS = 7;

/** The function as IAM sees it: its ARN with the qualifier that the call names. */
function qualifiedFunction(call: Pick<ActionCall, 'directory'>, name: string, qualifier?: string | null): string {
  const arn = /^arn:/.test(name) ? name : arnOf(call, 'lambda', `function:${name.replace(/^\d{12}:function:/, '')}`);
  return qualifier && arn.split(':').length === FUNCTION_PARTS ? `${arn}:${qualifier}` : arn;
}

function invoke(call: ActionCall): Check[] {
  const [path = '', query = ''] = call.url.split('?');
  const name = decodeURIComponent(FUNCTION_PATH.exec(path)?.[1] ?? '');
  const resource = qualifiedFunction(call, name, new URLSearchParams(query).get('Qualifier'));
  return [{ action: 'lambda:InvokeFunction', resource }];
}

/** A durable execution's ARN begins with that of its function's version. */
function durable(action: string) {
  return (call: ActionCall): Check[] => {
    const path = decodeURIComponent(call.url.split('?')[0] ?? '');
    const resource = /durable-executions\/(arn:.+?)(?:\/(?:checkpoint|state|history|stop))?$/.exec(path)?.[1];
    return [{ action: `lambda:${action}`, resource: resource ?? '*' }];
  };
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html */
export const LAMBDA_ACTIONS: ActionTable = {
  Invoke: invoke,
  InvokeWithResponseStream: invoke,
  ...table(
    [
      'CheckpointDurableExecution',
      'GetDurableExecutionState',
      'GetDurableExecution',
      'GetDurableExecutionHistory',
      'StopDurableExecution',
      'SendDurableExecutionCallbackSuccess',
      'SendDurableExecutionCallbackFailure',
      'SendDurableExecutionCallbackHeartbeat',
    ],
    durable,
  ),
};

function cluster(call: ActionCall): string {
  return arnOrName(call, call.input['cluster'] ?? 'default', 'ecs', 'cluster/');
}

function clusterName(call: ActionCall): string {
  return text(call.input['cluster'] ?? 'default').replace(/^.*\//, '');
}

function inCluster(call: ActionCall, action: string, resource: string): Check {
  return { action: `ecs:${action}`, resource, context: { 'ecs:cluster': cluster(call) } };
}

function serviceArn(call: ActionCall, service: unknown): string {
  return arnOrName(call, service, 'ecs', `service/${clusterName(call)}/`);
}

function taskArn(call: ActionCall, task: unknown): string {
  return arnOrName(call, task, 'ecs', `task/${clusterName(call)}/`);
}

/** Starting a task hands roles to ECS, which needs a permission of its own. */
function runTask(call: ActionCall): Check[] {
  const definition = arnOrName(call, call.input['taskDefinition'], 'ecs', 'task-definition/');
  const passed = call.directory.rolesOfTask(definition).map((role) => passRole(role, 'ecs-tasks.amazonaws.com'));
  return [inCluster(call, 'RunTask', definition), ...passed];
}

function passRole(role: string, service: string): Check {
  return { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': service } };
}

function onTasks(action: string) {
  return (call: ActionCall): Check[] => {
    const tasks = (call.input['tasks'] ?? [call.input['task']]) as unknown[];
    return tasks.map((task) => inCluster(call, action, taskArn(call, task)));
  };
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html */
export const ECS_ACTIONS: ActionTable = {
  RunTask: runTask,
  UpdateService: (call) => [inCluster(call, 'UpdateService', serviceArn(call, call.input['service']))],
  DescribeServices: (call) =>
    ((call.input['services'] ?? []) as unknown[]).map((service) => inCluster(call, 'DescribeServices', serviceArn(call, service))),
  DescribeTasks: onTasks('DescribeTasks'),
  StopTask: onTasks('StopTask'),
  UpdateTaskProtection: onTasks('UpdateTaskProtection'),
  GetTaskProtection: onTasks('GetTaskProtection'),
  ListTasks: (call) => [inCluster(call, 'ListTasks', '*')],
};

interface ScheduleTarget {
  readonly RoleArn?: string;
}

function schedule(action: string) {
  return (call: ActionCall): Check[] => {
    const path = (call.url.split('?')[0] ?? '').split('/').map(decodeURIComponent);
    const query = new URLSearchParams(call.url.split('?')[1]);
    const group = text(call.input['GroupName'] ?? query.get('groupName') ?? 'default');
    const role = (call.input['Target'] as ScheduleTarget | undefined)?.RoleArn;
    return [
      { action: `scheduler:${action}`, resource: arnOf(call, 'scheduler', `schedule/${group}/${path.at(-1)}`) },
      ...(role === undefined ? [] : [passRole(role, 'scheduler.amazonaws.com')]),
    ];
  };
}

/** Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
export const SCHEDULER_ACTIONS: ActionTable = {
  ...table(['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule', 'GetSchedule'], schedule),
  ListSchedules: (call) => [{ action: 'scheduler:ListSchedules', resource: arnOf(call, 'scheduler', 'schedule/*/*') }],
};
