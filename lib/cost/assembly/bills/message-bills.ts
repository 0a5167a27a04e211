import { Size } from 'aws-cdk-lib/core';
import type { Resource } from '../../../template/resource';
import { BILLING } from '../../prices/billing';
import { chunks, HTTP_API, REST_API, WEBSOCKET_API } from '../../services/api-gateway';
import { EVENT_BRIDGE, SCHEDULER, SNS, SQS } from '../../services/messages';
import { STEP_FUNCTIONS_EXPRESS, STEP_FUNCTIONS_STANDARD } from '../../services/step-functions';
import { type Bill, type Biller, type Flow, IDLE, lineBill, type Month, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';
import { firingsPerMonth } from '../schedule-rate';
import { tokenBill } from './token-bill';

type Requests = (requests: number, idle: boolean) => Bill;

/** What is due for scheduled calls is due in any case. */
function eachFlow({ scheduled, loaded }: Flow, bill: Requests): Bill {
  return together(scheduled === 0 ? NOTHING : bill(scheduled, true), loaded === 0 ? NOTHING : bill(loaded, false));
}

/** A message is sent, received and deleted. */
const REQUESTS_OF_MESSAGE = 3;

const queueBill: Biller = (queue, month) => {
  const { payload } = month.load(queue);
  const fifo = queue.boolean('FifoQueue') === true;
  const bill = eachFlow(month.flow(queue), (messages, idle) =>
    serviceBill(SQS, queue, { requests: messages * REQUESTS_OF_MESSAGE, fifo, ...(payload && { payload }) }, month, { idle }),
  );
  if (bill.lines.length === 0) return bill;
  return together(bill, noted(`each message of ${labelOf(queue)} is counted as three requests: sent, received and deleted on its own`));
};

const topicBill: Biller = (topic, month) => {
  const { payload } = month.load(topic);
  return eachFlow(month.flow(topic), (requests, idle) =>
    serviceBill(SNS, topic, { requests, ...(payload && { payload }) }, month, { idle }),
  );
};

const busBill: Biller = (bus, month) => {
  const { requestsPerMonth = 0, payload } = month.load(bus);
  return requestsPerMonth === 0
    ? NOTHING
    : serviceBill(EVENT_BRIDGE, bus, { events: requestsPerMonth, ...(payload && { payload }) }, month);
};

const pipeBill: Biller = (pipe, month) => {
  const { requestsPerMonth = 0, payload } = month.load(pipe);
  const times = chunks(payload, BILLING.messages.stepKib);
  return lineBill(pipe, 'EventBridge Pipes requests', 'eventbridge.pipes', [
    [requestsPerMonth, 'requests'],
    [times, 'x 64 KB'],
  ]);
};

const scheduleBill: Biller = (schedule, month) => {
  const { scheduled } = month.flow(schedule);
  return scheduled === 0 ? NOTHING : serviceBill(SCHEDULER, schedule, { invocations: scheduled }, month, IDLE);
};

const restApiBill: Biller = (api, month) => {
  const { loaded } = month.flow(api);
  return loaded === 0 ? NOTHING : serviceBill(REST_API, api, { requests: loaded }, month);
};

/** The cache of a stage stands whether or not anybody asks. */
const stageBill: Biller = (stage, month) => {
  const size = stage.boolean('CacheClusterEnabled') === true ? stage.numberOr(0.5, 'CacheClusterSize') : undefined;
  return size === undefined ? NOTHING : serviceBill(REST_API, stage, { requests: 0, cacheGigabytes: size }, month, { only: 'idle' });
};

const apiBill: Biller = (api, month) => {
  const { loaded } = month.flow(api);
  const { payload, connectionMinutes = 0 } = month.load(api);
  const more = payload && { payload };
  if (api.text('ProtocolType') === 'WEBSOCKET') {
    if (loaded + connectionMinutes === 0) return NOTHING;
    return serviceBill(WEBSOCKET_API, api, { messages: loaded, connectionMinutes, ...more }, month);
  }
  return loaded === 0 ? NOTHING : serviceBill(HTTP_API, api, { requests: loaded, ...more }, month);
};

const machineBill: Biller = (machine, month) => {
  const express = machine.text('StateMachineType') === 'EXPRESS';
  const bill = eachFlow(month.flow(machine), (executions, idle) =>
    (express ? expressBill : standardBill)(machine, executions, idle, month),
  );
  return together(bill, tokenBill(machine, month));
};

function standardBill(machine: Resource, executions: number, idle: boolean, month: Month): Bill {
  const { transitionsPerExecution, retriesPerExecution = 0, mapItems } = month.load(machine);
  const run = month.run(machine);
  const counted = transitionsPerExecution ?? run?.transitions;
  if (counted === undefined)
    return noted(`executions of ${labelOf(machine)} are not counted: its definition cannot be read; state transitionsPerExecution`);
  const usage = { executions, transitionsPerExecution: counted + retriesPerExecution };
  const notes =
    transitionsPerExecution === undefined
      ? [
          `an execution of ${labelOf(machine)} has ${counted} state transitions${mapItems === undefined ? '' : ' with the stated items'}, and ${retriesPerExecution} for retries`,
          ...(run?.notes ?? []).map((note) => `${labelOf(machine)}: ${note}`),
        ]
      : [];
  const children = (run?.expressChildren ?? 0) * executions;
  return together(
    serviceBill(STEP_FUNCTIONS_STANDARD, machine, usage, month, { idle }),
    lineBill(machine, 'Express children of Distributed Maps', 'step-functions.express.requests', [[children, 'requests']], { idle }),
    noted(...notes, ...(children > 0 ? [`the duration of the Express children of ${labelOf(machine)} is not counted`] : [])),
  );
}

function expressBill(machine: Resource, requests: number, idle: boolean, month: Month): Bill {
  const { duration, scheduledDuration = duration, memory } = month.load(machine);
  const time = idle ? scheduledDuration : duration;
  if (time === undefined) {
    return together(
      lineBill(machine, 'Step Functions Express requests', 'step-functions.express.requests', [[requests, 'requests']], { idle }),
      noted(`the time of the executions of ${labelOf(machine)} is not stated (duration): only their number is counted`),
    );
  }
  const usage = { requests, duration: time, memory: memory ?? Size.mebibytes(BILLING.express.stepMib) };
  return serviceBill(STEP_FUNCTIONS_EXPRESS, machine, usage, month, { idle });
}

/** Canaries run by themselves. */
const canaryBill: Biller = (canary, month) => {
  const runs = firingsPerMonth(canary.text('Schedule', 'Expression') ?? '', month.monthHours);
  if (runs === undefined) return noted(`how often ${labelOf(canary)} runs cannot be told: it is not counted`);
  return lineBill(canary, 'canary runs', 'cloudwatch.canary-runs', [[runs, 'runs']], IDLE);
};

export const MESSAGE_BILLS: Readonly<Record<string, Biller>> = {
  'AWS::SQS::Queue': queueBill,
  'AWS::SNS::Topic': topicBill,
  'AWS::Events::EventBus': busBill,
  'AWS::Pipes::Pipe': pipeBill,
  'AWS::Scheduler::Schedule': scheduleBill,
  'AWS::ApiGateway::RestApi': restApiBill,
  'AWS::ApiGateway::Stage': stageBill,
  'AWS::ApiGatewayV2::Api': apiBill,
  'AWS::StepFunctions::StateMachine': machineBill,
  'AWS::Synthetics::Canary': canaryBill,
};
