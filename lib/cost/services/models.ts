import { present, product } from '../draft-line';
import { gib, milliseconds } from '../measures';
import { BILLING } from '../prices/billing';
import { ceilTo } from '../rounding';
import { duration, number, REQUIRED, type Service, size, text } from '../service';
import type { ModelTokensUsage, SageMakerInstancesUsage, SageMakerServerlessUsage } from '../usage/model-usages';
import { standingHours } from './month-time';

const MILLION = 1e6;
const OWN = 'prices of your own';

export const MODEL_TOKENS: Service<ModelTokensUsage> = {
  name: 'modelTokens',
  fields: {
    input: number(REQUIRED),
    output: number(REQUIRED),
    inputPrice: number(REQUIRED),
    outputPrice: number(REQUIRED),
    source: text(),
  },
  lines({ input, output, inputPrice, outputPrice, source = OWN }) {
    const ownPrice = (usd: number) => ({ ownPrice: { usd: usd / MILLION, unit: 'token', source } });
    return [
      product('model input tokens', 'model.input', [[input, 'tokens']], ownPrice(inputPrice)),
      product('model output tokens', 'model.output', [[output, 'tokens']], ownPrice(outputPrice)),
    ];
  },
};

/** https://aws.amazon.com/sagemaker/ai/pricing/ */
export const SAGEMAKER_SERVERLESS: Service<SageMakerServerlessUsage> = {
  name: 'sageMakerServerless',
  fields: { requests: number(REQUIRED), duration: duration(REQUIRED), memory: size(REQUIRED), gigabytes: number() },
  lines: ({ requests, duration: time, memory, gigabytes = 0 }) => [
    product('SageMaker serverless inference', 'sagemaker.serverless.duration', [
      [requests, 'requests'],
      [ceilTo(milliseconds(time), BILLING.lambda.stepMs) / 1000, 's'],
      [gib(memory), 'GB'],
    ]),
    ...present([product('SageMaker serverless data', 'sagemaker.serverless.data', [[gigabytes, 'GB']])]),
  ],
};

/** https://aws.amazon.com/sagemaker/ai/pricing/ */
export const SAGEMAKER_INSTANCES: Service<SageMakerInstancesUsage> = {
  name: 'sageMakerInstances',
  fields: { instanceType: text(true), instances: number(REQUIRED), time: duration(), gigabytes: number() },
  lines: ({ instanceType, instances, time, gigabytes = 0 }, context) => [
    product(
      `SageMaker ${instanceType}`,
      `sagemaker.instance.${instanceType}`,
      [
        [instances, 'instances'],
        [standingHours(time, context), 'h'],
      ],
      {
        idle: time === undefined,
      },
    ),
    ...present([product('SageMaker data', 'sagemaker.instance.data', [[gigabytes, 'GB']])]),
  ],
};
