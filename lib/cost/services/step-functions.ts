import type { DraftLine } from '../draft-line';
import { mib, milliseconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo, count } from '../rounding';
import { duration, number, REQUIRED, type Service, size } from '../service';
import type { StepFunctionsExpressUsage, StepFunctionsStandardUsage } from '../usage/workflow-usages';

/** https://aws.amazon.com/step-functions/pricing/ */
export const STEP_FUNCTIONS_STANDARD: Service<StepFunctionsStandardUsage> = {
  name: 'stepFunctionsStandard',
  fields: { executions: number(REQUIRED), transitionsPerExecution: number(REQUIRED) },
  lines: ({ executions, transitionsPerExecution }): DraftLine[] => [
    {
      item: 'Step Functions Standard transitions',
      formula: `${count(executions)} executions x ${count(transitionsPerExecution)} transitions`,
      quantity: executions * transitionsPerExecution,
      price: 'step-functions.standard.transitions',
    },
  ],
};

/** https://aws.amazon.com/step-functions/pricing/ */
export const STEP_FUNCTIONS_EXPRESS: Service<StepFunctionsExpressUsage> = {
  name: 'stepFunctionsExpress',
  fields: { requests: number(REQUIRED), duration: duration(REQUIRED), memory: size() },
  lines({ requests, duration: time, memory }): DraftLine[] {
    const { stepMs, stepMib } = BILLING.express;
    const each = ceilTo(milliseconds(time), stepMs) / 1000;
    const gigabytes = Math.max(stepMib, ceilTo(memory === undefined ? 0 : mib(memory), stepMib)) / 1024;
    return [
      {
        item: 'Step Functions Express requests',
        formula: `${count(requests)} requests`,
        quantity: requests,
        price: 'step-functions.express.requests',
      },
      {
        item: 'Step Functions Express duration',
        formula: `${count(requests)} requests x ${count(each)} s x ${count(gigabytes)} GB`,
        quantity: requests * each * gigabytes,
        price: 'step-functions.express.duration',
      },
    ];
  },
};
