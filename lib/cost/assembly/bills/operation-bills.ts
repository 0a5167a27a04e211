import type { Resource } from '../../../template/resource';
import { type Value, valueAt } from '../../../template/value';
import { BILLING } from '../../prices/billing';
import { CLOUDWATCH, KMS, LOGS, SECRETS_MANAGER } from '../../services/operations';
import { type Bill, type Biller, IDLE, lineBill, NOTHING, noted, serviceBill, together } from '../bill';
import { labelOf } from '../find-resource';

const metricsOf = (entries: readonly Value[]): number => entries.filter((entry) => valueAt(entry, ['MetricStat']) !== undefined).length;

/** An alarm costs each metric that it looks at; one of anomalies looks at the metric and at both edges of its band. https://aws.amazon.com/cloudwatch/pricing/ */
const alarmBill: Biller = (alarm, month) => {
  const entries = alarm.list('Metrics');
  const stated = Math.max(1, metricsOf(entries));
  const metrics = alarm.get('ThresholdMetricId') === undefined ? stated : BILLING.cloudWatch.metricsOfAnomaly * stated;
  const periods = [alarm.get('Period'), ...entries.map((entry) => valueAt(entry, ['MetricStat', 'Period']))].filter(
    (period) => typeof period === 'number',
  );
  const fine = periods.some((period) => period < BILLING.cloudWatch.standardPeriodS);
  return serviceBill(CLOUDWATCH, alarm, fine ? { highResolutionAlarms: metrics } : { alarms: metrics }, month);
};

/**
 * Target tracking makes alarms of its own, one to scale out and one to scale in; they cost what other alarms do.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 */
const policyBill: Biller = (policy, month) => {
  const target = policy.get('TargetTrackingScalingPolicyConfiguration') ?? policy.get('TargetTrackingConfiguration');
  if (target === undefined) return NOTHING;
  const entries = policy.list('TargetTrackingScalingPolicyConfiguration', 'CustomizedMetricSpecification', 'Metrics');
  const alarms = BILLING.cloudWatch.alarmsOfTracking * Math.max(1, metricsOf(entries));
  return together(
    serviceBill(CLOUDWATCH, policy, { alarms }, month),
    noted(`target tracking of ${labelOf(policy)} is counted as ${BILLING.cloudWatch.alarmsOfTracking} alarms, which it makes by itself`),
  );
};

const logGroupBill: Biller = (group, month) => {
  const { gigabytes = 0, storedGigabytes = 0 } = month.load(group);
  const infrequentAccess = group.text('LogGroupClass') === 'INFREQUENT_ACCESS';
  return serviceBill(LOGS, group, { ingestedGigabytes: gigabytes, storedGigabytes, infrequentAccess }, month);
};

const keyBill: Biller = (key, month) => {
  const { requestsPerMonth = 0 } = month.load(key);
  const symmetric = /^(SYMMETRIC_DEFAULT|RSA_2048)$/.test(key.text('KeySpec') ?? 'SYMMETRIC_DEFAULT');
  const bill = serviceBill(KMS, key, { keys: 1, [symmetric ? 'requests' : 'asymmetricRequests']: requestsPerMonth }, month);
  if (key.boolean('EnableKeyRotation') !== true) return bill;
  return together(
    bill,
    noted(`${labelOf(key)} is counted before its first rotation; each of the first two rotations adds the price of a key`),
  );
};

const secretBill: Biller = (secret, month) => {
  const copies = 1 + secret.list('ReplicaRegions').length;
  return serviceBill(SECRETS_MANAGER, secret, { secrets: copies, requests: month.load(secret).requestsPerMonth ?? 0 }, month);
};

const notCounted =
  (what: (resource: Resource) => string): Biller =>
  (resource): Bill =>
    noted(what(resource));

export const OPERATION_BILLS: Readonly<Record<string, Biller>> = {
  'AWS::CloudWatch::Alarm': alarmBill,
  'AWS::CloudWatch::CompositeAlarm': (alarm) => lineBill(alarm, 'composite alarm', 'cloudwatch.composite-alarms', [[1, 'alarm']], IDLE),
  'AWS::CloudWatch::Dashboard': (dashboard, month) => serviceBill(CLOUDWATCH, dashboard, { dashboards: 1 }, month),
  'AWS::ApplicationAutoScaling::ScalingPolicy': policyBill,
  'AWS::AutoScaling::ScalingPolicy': policyBill,
  'AWS::Logs::LogGroup': logGroupBill,
  'AWS::Logs::MetricFilter': notCounted(
    (filter) => `the custom metric of ${labelOf(filter)} is not counted: it costs only in hours with data`,
  ),
  'AWS::KMS::Key': keyBill,
  'AWS::KMS::ReplicaKey': (key, month) => serviceBill(KMS, key, { keys: 1 }, month),
  'AWS::SecretsManager::Secret': secretBill,
  'AWS::SSM::Parameter': (parameter) =>
    parameter.text('Tier') === 'Advanced' ? noted(`not priced: ${labelOf(parameter)}, an advanced parameter`) : NOTHING,
};
