/** CloudWatch Logs in a month. https://aws.amazon.com/cloudwatch/pricing/ */
export interface LogsUsage {
  /** GB ingested in the month. @default 0 */
  readonly ingestedGigabytes?: number;
  /** Class Infrequent Access. @default false */
  readonly infrequentAccess?: boolean;
  /** GB stored, compressed. @default 0 */
  readonly storedGigabytes?: number;
  /** GB that queries of Logs Insights scan in the month. @default 0 */
  readonly scannedGigabytes?: number;
}

/** Metrics, alarms and dashboards of CloudWatch. https://aws.amazon.com/cloudwatch/pricing/ */
export interface CloudWatchUsage {
  /** Metrics of your own. @default 0 */
  readonly customMetrics?: number;
  /** API requests of the month. @default 0 */
  readonly requests?: number;
  /** Metrics under alarms of standard resolution. @default 0 */
  readonly alarms?: number;
  /** Metrics under alarms of high resolution. @default 0 */
  readonly highResolutionAlarms?: number;
  /** @default 0 */
  readonly dashboards?: number;
}

/** Traces of X-Ray in a month. https://aws.amazon.com/xray/pricing/ */
export interface XRayUsage {
  readonly recordedTraces: number;
  /** @default 0 */
  readonly retrievedTraces?: number;
}

/** KMS in a month. https://aws.amazon.com/kms/pricing/ */
export interface KmsUsage {
  /** Keys of your own; keys that AWS manages cost nothing. @default 0 */
  readonly keys?: number;
  /** Requests of the month. @default 0 */
  readonly requests?: number;
  /** Requests with asymmetric keys other than RSA 2048. @default 0 */
  readonly asymmetricRequests?: number;
}

/** Secrets Manager in a month. https://aws.amazon.com/secrets-manager/pricing/ */
export interface SecretsManagerUsage {
  readonly secrets: number;
  /** API calls of the month. @default 0 */
  readonly requests?: number;
}

/** Private repositories of images. https://aws.amazon.com/ecr/pricing/ */
export interface EcrUsage {
  /** GB stored. */
  readonly storedGigabytes: number;
}
