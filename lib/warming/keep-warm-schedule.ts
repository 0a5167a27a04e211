import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  Metric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, Code, type IAlias, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { WARMING_DIMENSION, WARMING_NAMESPACE, WarmingMetric, type WarmingTarget } from '../../lambda/contract/warming';
import { executionRole, trace } from '../handlers/execution-role';
import { handlerDirectory } from '../handlers/handler-asset';
import { LAMBDA_ASYNC_EVENT_AGE } from '../quotas/lambda-quotas';
import { acknowledge } from '../validation/acknowledge';
import { reportWarnings, seconds } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import type { ActiveHours } from './active-hours';
import { scheduleExpressions } from './schedule-expressions';
import { checkWarming, DEFAULT_COLD_START_SECONDS, warmerTimeoutSeconds } from './warming-checks';
import type { WarmingMode } from './warming-mode';

/** An alias that is kept warm. Its handler has to be wrapped in `keepWarm`. */
export interface KeepWarmTarget {
  readonly alias: IAlias;
  /**
   * Environments of this target.
   * @default - as many as the mode says
   */
  readonly environments?: number;
  /**
   * Longest cold start to expect; a ping waits that long for its answer.
   * @default Duration.seconds(10)
   */
  readonly coldStart?: Duration;
}

/** Properties of KeepWarmSchedule. */
export interface KeepWarmScheduleProps {
  /** What is kept warm. One warmer serves all of them. */
  readonly targets: KeepWarmTarget[];
  /** How. */
  readonly mode: WarmingMode;
  /**
   * Hours in which targets are kept warm.
   * @default - always
   */
  readonly activeHours?: ActiveHours;
  /**
   * IANA time zone of the active hours.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
  /**
   * How long the warmer's logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}

/**
 * Keeps environments of functions initialized by pinging them on a schedule. Pings of a round are held until all have arrived, so that
 * N pings land in N environments, and the warmer counts the environments that answered.
 *
 * It lowers the number of cold starts and cannot rule them out: Lambda may end an environment at any time. Provisioned concurrency can.
 */
export class KeepWarmSchedule extends Construct {
  /** The function that sends the pings. */
  public readonly warmer: LambdaFunction;
  /** Alias of the warmer that the schedules invoke. */
  public readonly warmerAlias: Alias;
  /** One schedule, or several where the active hours do not fit one cron expression. */
  public readonly schedules: Schedule[];
  public readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: KeepWarmScheduleProps) {
    super(scope, id);
    const findings = checkWarming(props);
    failOn(this, 'KeepWarmSchedule.InvalidProps', findings.problems);
    reportWarnings(this, findings);
    // Provisioned concurrency may be given to a target after this construct was made.
    this.node.addValidation({ validate: () => checkWarming(props).problems });

    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.warmer = this.createWarmer(props);
    trace(this.warmer);
    this.acknowledgeLostRounds();
    this.warmerAlias = this.createAlias();
    this.schedules = this.createSchedules(props);
    for (const { alias } of props.targets) alias.grantInvoke(this.warmer);
  }

  /** Environments that were asked for. */
  public metricAsked(alias: IAlias, props?: MetricOptions): Metric {
    return this.metric(WarmingMetric.asked, alias, props);
  }

  /** Different environments that answered. */
  public metricDistinct(alias: IAlias, props?: MetricOptions): Metric {
    return this.metric(WarmingMetric.distinct, alias, props);
  }

  /** Environments that a ping had to start. */
  public metricCold(alias: IAlias, props?: MetricOptions): Metric {
    return this.metric(WarmingMetric.cold, alias, props);
  }

  /** Pings that failed. */
  public metricFailed(alias: IAlias, props?: MetricOptions): Metric {
    return this.metric(WarmingMetric.failed, alias, props);
  }

  /** An alarm that goes off when pings of a target fail in three of five rounds. */
  public addFailureAlarm(alarmId: string, alias: IAlias, props?: MetricOptions): Alarm {
    const settings: AlarmProps = {
      metric: this.metricFailed(alias, props),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: TreatMissingData.IGNORE,
      alarmDescription: 'Keep-warm pings fail: the target is throttled, broken, or not wrapped in keepWarm',
    };
    return new Alarm(this, alarmId, settings);
  }

  private metric(metricName: string, alias: IAlias, props?: MetricOptions): Metric {
    return new Metric({
      namespace: WARMING_NAMESPACE,
      metricName,
      dimensionsMap: { [WARMING_DIMENSION]: alias.functionName },
      statistic: Stats.SUM,
      ...props,
    }).attachTo(this);
  }

  private createWarmer(props: KeepWarmScheduleProps): LambdaFunction {
    return new LambdaFunction(this, 'Warmer', {
      code: Code.fromAsset(handlerDirectory('warmer')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.seconds(warmerTimeoutSeconds(props.targets)),
      role: executionRole(this, 'Role', this.logGroup, { vpc: false }),
      environment: { [Env.warmingTargets]: Stack.of(this).toJsonString(warmingTargets(props)) },
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
    });
  }

  // A late or repeated round would meet the next one and hold twice as many environments, so nothing is retried.
  private createAlias(): Alias {
    const alias = new Alias(this, 'WarmerLive', { aliasName: 'live', version: this.warmer.currentVersion });
    alias.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(LAMBDA_ASYNC_EVENT_AGE.min!) });
    return alias;
  }

  private acknowledgeLostRounds(): void {
    const reason = 'a failed round is worth nothing later: the next one does its work, and metrics count the failure';
    const rules = [
      'Serverless::Serverless-LambdaDLQ',
      'Serverless::Serverless-LambdaAsyncFailureDestination',
      'ServerlessAiChecks::lambda-async-failure',
    ];
    for (const id of rules) acknowledge(this, { id, reason });
  }

  private createSchedules({ mode, activeHours, timeZone = 'Etc/UTC' }: KeepWarmScheduleProps): Schedule[] {
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.warmerAlias.grantInvoke(role);
    const target = {
      bind: () => ({
        arn: this.warmerAlias.functionArn,
        role,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: LAMBDA_ASYNC_EVENT_AGE.min! },
      }),
    };
    const expressions = scheduleExpressions(mode._ping.every.toMinutes(), activeHours);
    return expressions.map(
      (expression, index) =>
        new Schedule(this, index === 0 ? 'Schedule' : `Schedule${index + 1}`, {
          schedule: ScheduleExpression.expression(expression, TimeZone.of(timeZone)),
          timeWindow: TimeWindow.off(),
          target,
        }),
    );
  }
}

function warmingTargets({ targets, mode }: KeepWarmScheduleProps): WarmingTarget[] {
  return targets.map(({ alias, environments, coldStart }) => ({
    functionArn: alias.functionArn,
    environments: environments ?? mode._ping.environments,
    coldStartMs: (seconds(coldStart) ?? DEFAULT_COLD_START_SECONDS) * 1_000,
  }));
}
