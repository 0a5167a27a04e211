import { present, product } from '../draft-line';
import { flag, number, REQUIRED, type Service } from '../service';
import type { CloudWatchUsage, EcrUsage, KmsUsage, LogsUsage, SecretsManagerUsage, XRayUsage } from '../usage/operation-usages';

const IDLE = { idle: true } as const;

/** https://aws.amazon.com/cloudwatch/pricing/ */
export const LOGS: Service<LogsUsage> = {
  name: 'logs',
  fields: { ingestedGigabytes: number(), infrequentAccess: flag(), storedGigabytes: number(), scannedGigabytes: number() },
  lines({ ingestedGigabytes = 0, infrequentAccess = false, storedGigabytes = 0, scannedGigabytes = 0 }) {
    const kind = infrequentAccess ? 'infrequent' : 'standard';
    return present([
      product(`CloudWatch logs ingested (${kind})`, `logs.ingested.${kind}`, [[ingestedGigabytes, 'GB']]),
      product('CloudWatch logs stored', 'logs.stored', [[storedGigabytes, 'GB-months']], IDLE),
      product('CloudWatch logs scanned', 'logs.insights', [[scannedGigabytes, 'GB']]),
    ]);
  },
};

/** https://aws.amazon.com/cloudwatch/pricing/ */
export const CLOUDWATCH: Service<CloudWatchUsage> = {
  name: 'cloudWatch',
  fields: { customMetrics: number(), requests: number(), alarms: number(), highResolutionAlarms: number(), dashboards: number() },
  lines: ({ customMetrics = 0, requests = 0, alarms = 0, highResolutionAlarms = 0, dashboards = 0 }) =>
    present([
      product('CloudWatch custom metrics', 'cloudwatch.metrics', [[customMetrics, 'metrics']], IDLE),
      product('CloudWatch requests', 'cloudwatch.requests', [[requests, 'requests']]),
      product('CloudWatch alarms', 'cloudwatch.alarms', [[alarms, 'alarm metrics']], IDLE),
      product('CloudWatch alarms of high resolution', 'cloudwatch.high-resolution-alarms', [[highResolutionAlarms, 'alarm metrics']], IDLE),
      product('CloudWatch dashboards', 'cloudwatch.dashboards', [[dashboards, 'dashboards']], IDLE),
    ]),
};

/** https://aws.amazon.com/xray/pricing/ */
export const XRAY: Service<XRayUsage> = {
  name: 'xRay',
  fields: { recordedTraces: number(REQUIRED), retrievedTraces: number() },
  lines: ({ recordedTraces, retrievedTraces = 0 }) => [
    product('X-Ray traces recorded', 'xray.recorded', [[recordedTraces, 'traces']]),
    ...present([product('X-Ray traces retrieved', 'xray.retrieved', [[retrievedTraces, 'traces']])]),
  ],
};

/** https://aws.amazon.com/kms/pricing/ */
export const KMS: Service<KmsUsage> = {
  name: 'kms',
  fields: { keys: number(), requests: number(), asymmetricRequests: number() },
  lines: ({ keys = 0, requests = 0, asymmetricRequests = 0 }) =>
    present([
      product('KMS keys', 'kms.keys', [[keys, 'keys']], IDLE),
      product('KMS requests', 'kms.requests', [[requests, 'requests']]),
      product('KMS requests, asymmetric', 'kms.asymmetric-requests', [[asymmetricRequests, 'requests']]),
    ]),
};

/** https://aws.amazon.com/secrets-manager/pricing/ */
export const SECRETS_MANAGER: Service<SecretsManagerUsage> = {
  name: 'secretsManager',
  fields: { secrets: number(REQUIRED), requests: number() },
  lines: ({ secrets, requests = 0 }) => [
    product('Secrets Manager secrets', 'secrets-manager.secrets', [[secrets, 'secrets']], IDLE),
    ...present([product('Secrets Manager calls', 'secrets-manager.requests', [[requests, 'requests']])]),
  ],
};

/** https://aws.amazon.com/ecr/pricing/ */
export const ECR: Service<EcrUsage> = {
  name: 'ecr',
  fields: { storedGigabytes: number(REQUIRED) },
  lines: ({ storedGigabytes }) => [product('ECR storage', 'ecr.storage', [[storedGigabytes, 'GB-months']], IDLE)],
};
