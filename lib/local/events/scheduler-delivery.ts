import { randomUUID } from 'node:crypto';
import type { ScheduleModel } from '../assembly/event-models';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import { SDK_SERVICES } from '../calls/services';
import type { JsonObject } from '../calls/wire';
import type { Delivery } from './outbox';
import type { Firing } from './schedules';
import { type TargetCall, targetCall, UnservedTarget } from './target-call';

const UNIVERSAL = /^arn:[\w-]+:scheduler:::aws-sdk:([\w-]+):(\w+)$/;

/** Universal targets that Scheduler refuses, for they change nothing. Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const READS = /^(get|describe|list|poll|receive|search|scan|query|select|read|batchGet|batchRead|transactGet)/i;

/** What a schedule's firing brings to its target, and what becomes of it when it does not arrive. */
export function scheduleDelivery(schedule: ScheduleModel, firing: Firing, admit: () => void): Delivery {
  const { target, arn } = schedule;
  const scheduledTime = isoSeconds(firing.scheduledTime);
  const owner = { roleArn: target.roleArn, sessionName: schedule.name };
  const payload = (attempt: number) =>
    withAttributes(target.input, {
      'schedule-arn': arn,
      'scheduled-time': scheduledTime,
      'execution-id': firing.executionId,
      'attempt-number': String(attempt),
    }) ?? JSON.stringify(notification(schedule, scheduledTime));
  return {
    label: `schedule ${schedule.logicalId} to ${target.arn}`,
    owner,
    maximumRetryAttempts: target.maximumRetryAttempts,
    maximumEventAgeSeconds: target.maximumEventAgeSeconds,
    attempt: (attempt) => {
      admit();
      return callOf(schedule, payload(attempt));
    },
    ...(target.deadLetterArn !== undefined && {
      deadLetter: {
        arn: target.deadLetterArn,
        owner,
        body: (last) => JSON.stringify(last?.parameters ?? {}),
        attributes: ({ code, message, exhausted = '', retries }) => ({
          ERROR_CODE: code,
          ERROR_MESSAGE: message,
          EXECUTION_ID: firing.executionId,
          EXHAUSTED_RETRY_CONDITION: exhausted,
          IS_PAYLOAD_TRUNCATED: 'false',
          RETRY_ATTEMPTS: String(retries),
          SCHEDULED_TIME: scheduledTime,
          SCHEDULE_ARN: arn,
          TARGET_ARN: target.arn,
        }),
      },
    }),
  };
}

function callOf({ target }: ScheduleModel, payload: string): TargetCall {
  const [, service, action = ''] = UNIVERSAL.exec(target.arn) ?? [];
  if (service === undefined) return targetCall(target, payload);
  if (READS.test(action)) throw new UnservedTarget(`a schedule cannot call ${action}: operations that only read are no targets`);
  if (SDK_SERVICES[service] === undefined) {
    throw new UnservedTarget(`the local run does not emulate ${service}; it has ${Object.keys(SDK_SERVICES).join(', ')}`);
  }
  return {
    service,
    operation: action.charAt(0).toUpperCase() + action.slice(1),
    parameters: (target.input === undefined ? {} : JSON.parse(payload)) as JsonObject,
  };
}

/** Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
function withAttributes(input: string | undefined, attributes: Readonly<Record<string, string>>): string | undefined {
  return input?.replaceAll(/<aws\.scheduler\.([\w-]+)>/g, (whole, name: string) => attributes[name] ?? whole);
}

/** For targets without an input. Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html */
function notification({ arn }: ScheduleModel, time: string): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: ACCOUNT,
    time,
    region: REGION,
    resources: [arn],
    detail: '{}',
  };
}

export function isoSeconds(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
