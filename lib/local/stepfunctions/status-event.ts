import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { BusEvent } from '../services/event-pattern';
import { describeExecution } from './execution-description';
import type { ExecutionRecord } from './execution-record';

/**
 * The event that Step Functions sends to the default bus when a STANDARD execution starts, closes or is redriven. Points in time are milliseconds in it.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function statusEvent(record: ExecutionRecord, now: number): BusEvent {
  const { redriveStatus, redriveStatusReason, input, inputDetails, output, outputDetails, error, cause } = describeExecution(record, now);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: ACCOUNT,
    time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [record.executionArn],
    detail: {
      executionArn: record.executionArn,
      stateMachineArn: record.machine.arn,
      stateMachineVersionArn: record.versionArn ?? null,
      stateMachineAliasArn: record.aliasArn ?? null,
      name: record.name,
      status: record.execution.status,
      startDate: record.startDate.getTime(),
      stopDate: record.stopDate?.getTime() ?? null,
      input,
      inputDetails,
      output: output ?? null,
      outputDetails: outputDetails ?? null,
      error: error ?? null,
      cause: cause ?? null,
      redriveCount: record.redriveCount,
      redriveDate: record.redriveDate?.getTime() ?? null,
      redriveStatus,
      redriveStatusReason: redriveStatusReason ?? null,
    },
  } as BusEvent;
}
