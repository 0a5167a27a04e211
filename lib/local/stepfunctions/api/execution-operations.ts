import type { Clock } from '../../clock';
import { describeExecution, epoch, listItem, payloads } from '../execution-description';
import type { ExecutionRecord, Executions } from '../executions';
import { ServiceError } from '../service-error';
import { isExpress } from '../state-machine-model';
import { historyPage } from './history-page';
import { childrenOf, describeChild } from './map-run-operations';
import type { Operations } from './operation';
import { pageOf } from './page';
import type { Parameters } from './parameters';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];
const DETAILS = ['ALL_DATA', 'METADATA_ONLY'];
/** Memory that a short run is billed for at the least. */
const BILLED_MEMORY_MB = 64;
const BILLING_STEP_MS = 100;

/** Operations on executions of STANDARD machines, and StartSyncExecution for the others. */
export function executionOperations(executions: Executions, clock: Clock): Operations {
  const standard = (parameters: Parameters) => executions.get(parameters.arn('executionArn', 'execution'));
  const childOf = (parameters: Parameters) => executions.mapRuns.child(parameters.arn('executionArn', 'execution'));
  return {
    StartExecution: (parameters) => {
      const record = start(executions, parameters);
      return { executionArn: record.executionArn, startDate: epoch(record.startDate) };
    },
    StartSyncExecution: async (parameters) => {
      if (!isExpress(executions.machines.get(parameters.arn('stateMachineArn', 'stateMachine')))) throw notSupported();
      return syncResult(start(executions, parameters), parameters);
    },
    DescribeExecution: (parameters) => {
      const withData = parameters.oneOf('includedData', DETAILS) !== 'METADATA_ONLY';
      const found = childOf(parameters);
      return found === undefined ? describeExecution(standard(parameters), clock.now(), withData) : describeChild(found, withData);
    },
    GetExecutionHistory: (parameters) => {
      const execution = childOf(parameters)?.child.execution ?? standard(parameters).execution;
      return historyPage(execution.history, parameters);
    },
    ListExecutions: (parameters) => {
      if (parameters.optional('mapRunArn') !== undefined) return listedChildren(executions, parameters);
      const { items, nextToken } = pageOf(listed(executions, parameters).map(listItem), parameters);
      return { executions: items, nextToken };
    },
    RedriveExecution: (parameters) => {
      const { executionArn } = standard(parameters);
      return { redriveDate: epoch(executions.redrive(executionArn).redriveDate) };
    },
    StopExecution: async (parameters) => {
      const record = standard(parameters);
      if (record.execution.status === 'RUNNING') {
        record.execution.stop(parameters.optional('error'), parameters.optional('cause'));
        await record.result;
      }
      return { stopDate: epoch(record.stopDate) };
    },
  };
}

function start(executions: Executions, parameters: Parameters): ExecutionRecord {
  const stateMachineArn = parameters.arn('stateMachineArn', 'stateMachine');
  const input = parameters.json('input', 'InvalidExecutionInput', (why) => `Invalid State Machine Execution Input: '${why}'`, '{}');
  return executions.start({ stateMachineArn, name: parameters.optional('name'), input });
}

async function syncResult(record: ExecutionRecord, parameters: Parameters): Promise<object> {
  const { status, error, cause } = await record.result;
  const { executionArn, machine, name, startDate, stopDate } = record;
  const tookMs = (stopDate ?? startDate).getTime() - startDate.getTime();
  return {
    billingDetails: {
      billedDurationInMilliseconds: Math.max(1, Math.ceil(tookMs / BILLING_STEP_MS)) * BILLING_STEP_MS,
      billedMemoryUsedInMB: BILLED_MEMORY_MB,
    },
    executionArn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: epoch(startDate),
    stopDate: epoch(stopDate),
    error,
    cause,
    ...(parameters.oneOf('includedData', DETAILS) !== 'METADATA_ONLY' && payloads(record)),
    traceHeader: parameters.optional('traceHeader'),
  };
}

function listed(executions: Executions, parameters: Parameters): ExecutionRecord[] {
  const reference = parameters.arn('stateMachineArn', 'stateMachine');
  const machine = executions.machines.get(reference);
  if (isExpress(machine)) throw notSupported();
  const status = parameters.oneOf('statusFilter', STATUSES);
  const redriven = parameters.oneOf('redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
  return executions
    .list(reference)
    .filter(({ aliasArn, versionArn }) => reference === machine.arn || reference === aliasArn || reference === versionArn)
    .filter((record) => status === undefined || record.execution.status === status)
    .filter(({ redriveCount }) => redriven === undefined || redriveCount > 0 === (redriven === 'REDRIVEN'));
}

function listedChildren(executions: Executions, parameters: Parameters): object {
  if (parameters.optional('stateMachineArn') !== undefined) {
    throw new ServiceError('ValidationException', 'Only one of stateMachineArn and mapRunArn can be given');
  }
  const status = parameters.oneOf('statusFilter', STATUSES);
  const run = executions.mapRuns.get(parameters.arn('mapRunArn', 'mapRun'));
  return childrenOf(run, status, parameters);
}

function notSupported(): ServiceError {
  return new ServiceError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
}
