import {
  Alarm,
  GraphWidget,
  type GraphWidgetProps,
  type MathExpression,
  type Metric,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, Code, type IAlias, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type IScheduleTarget, Schedule, ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { Duration, Lazy, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { executionRole, trace } from '../handlers/execution-role';
import { handlerDirectory } from '../handlers/handler-asset';
import { LAMBDA_ASYNC_EVENT_AGE } from '../quotas/lambda-quotas';
import { acknowledge } from '../validation/acknowledge';
import { type Findings, reportWarnings } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import type { KeepWarmScheduleProps, KeepWarmTarget } from './keep-warm-schedule-props';
import { scheduleExpressions } from './schedule-expressions';
import { warmerMemoryMb, warmerTimeoutSeconds, warmingTargets } from './warmer-settings';
import { checkWarming } from './warming-checks';
import { alarmOn, requestsOf, shortfallOf, warmingGraph, warmingMetric } from './warming-metrics';

/**
 * Keeps environments of functions initialized by pinging them on a schedule. Pings of a round are held until all have arrived, so that
 * N pings land in N environments, and the warmer counts the environments that answered.
 *
 * It lowers the number of cold starts and cannot rule them out: Lambda may end an environment at any time. Provisioned concurrency can, around
 * the clock or by the clock: `ProvisionedConcurrency.fixed` and `.scheduled`.
 */
export class KeepWarmSchedule extends Construct {
  /** The function that sends the pings. */
  public readonly warmer: LambdaFunction;
  /** Alias of the warmer that the schedules invoke. */
  public readonly warmerAlias: Alias;
  /** One schedule, or several where the active hours do not fit one cron expression. */
  public readonly schedules: Schedule[];
  public readonly logGroup: LogGroup;
  private readonly props: KeepWarmScheduleProps;

  constructor(scope: Construct, id: string, props: KeepWarmScheduleProps) {
    super(scope, id);
    this.props = { ...props, targets: [...props.targets] };
    const findings = checkWarming(props);
    if (findings.problems.length === 0) adviseOnObjectives(findings, props);
    failOn(this, 'KeepWarmSchedule.InvalidProps', findings.problems);
    reportWarnings(this, findings);
    // Provisioned concurrency may be given to a target after this construct was made.
    this.node.addValidation({ validate: () => checkWarming(this.props).problems });

    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.warmer = this.createWarmer();
    trace(this.warmer);
    this.acknowledgeLostRounds();
    this.warmerAlias = this.createAlias();
    this.schedules = this.createSchedules(props);
    for (const { alias } of props.targets) alias.grantInvoke(this.warmer);
  }

  /**
   * Keeps one more alias warm.
   *
   * @throws ValidationError when the target cannot be kept warm, as the constructor does
   */
  public addTarget(target: KeepWarmTarget): void {
    const findings = checkWarming({ ...this.props, targets: [...this.props.targets, target] });
    failOn(this, 'KeepWarmSchedule.InvalidProps', findings.problems);
    this.props.targets.push(target);
    target.alias.grantInvoke(this.warmer);
  }

  /** Environments that were asked for. */
  public metricAsked(alias: IAlias, props?: MetricOptions): Metric {
    return warmingMetric('asked', alias, props).attachTo(this);
  }

  /** Different environments that answered. */
  public metricDistinct(alias: IAlias, props?: MetricOptions): Metric {
    return warmingMetric('distinct', alias, props).attachTo(this);
  }

  /** Environments that a ping had to start. */
  public metricCold(alias: IAlias, props?: MetricOptions): Metric {
    return warmingMetric('cold', alias, props).attachTo(this);
  }

  /** Pings that failed. */
  public metricFailed(alias: IAlias, props?: MetricOptions): Metric {
    return warmingMetric('failed', alias, props).attachTo(this);
  }

  /** Environments that answered and in which `onWarm` has not succeeded. */
  public metricNotReady(alias: IAlias, props?: MetricOptions): Metric {
    return warmingMetric('notReady', alias, props).attachTo(this);
  }

  /** Invocations of the target that were pings. Lambda counts them in Invocations, Duration and ConcurrentExecutions of the alias. */
  public metricPings(alias: IAlias, props?: MetricOptions): Metric {
    return warmingMetric('pings', alias, props).attachTo(this);
  }

  /** Invocations of the target that were no pings: what dashboards and alarms of the target should look at in place of Invocations. */
  public metricRequests(alias: IAlias, props?: MetricOptions): MathExpression {
    return requestsOf(alias, props);
  }

  /** A graph of one target: environments asked for and found, and those that were cold, failed or are not ready. */
  public widget(alias: IAlias, props: GraphWidgetProps = {}): GraphWidget {
    return new GraphWidget(warmingGraph(alias, props));
  }

  /** The graphs of all targets, for `Dashboard.addWidgets`. */
  public widgets(): GraphWidget[] {
    return this.props.targets.map(({ alias }) => this.widget(alias));
  }

  /** An alarm that goes off when pings of a target fail in three of five rounds. */
  public addFailureAlarm(alarmId: string, alias: IAlias, props?: MetricOptions): Alarm {
    const why = 'Keep-warm pings fail: the target is throttled, broken, or not wrapped in keepWarm';
    return new Alarm(this, alarmId, alarmOn(this.metricFailed(alias, props), why));
  }

  /** An alarm that goes off when fewer environments of a target answer than were asked for in three of five rounds. */
  public addShortfallAlarm(alarmId: string, alias: IAlias, props?: MetricOptions): Alarm {
    const why = 'Fewer environments than asked for are warm: pings are refused, or the warmer is too slow for so many';
    return new Alarm(this, alarmId, alarmOn(shortfallOf(alias, props), why));
  }

  // Targets may be added until synthesis, so what depends on them is read then.
  private createWarmer(): LambdaFunction {
    const { props } = this;
    return new LambdaFunction(this, 'Warmer', {
      code: Code.fromAsset(handlerDirectory('warmer')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: Lazy.number({ produce: () => warmerMemoryMb(props) }),
      timeout: Duration.seconds(Lazy.number({ produce: () => warmerTimeoutSeconds(props.targets) })),
      role: executionRole(this, 'Role', this.logGroup, { vpc: false }),
      environment: {
        [Env.warmingTargets]: Lazy.string({ produce: () => Stack.of(this).toJsonString(warmingTargets(props)) }),
      },
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

  private createSchedules({ mode, activeHours, timeZone = 'Etc/UTC', enabled, scheduleGroup }: KeepWarmScheduleProps): Schedule[] {
    const target = this.warmerTarget();
    const expressions = scheduleExpressions(mode._ping.every.toMinutes(), activeHours);
    return expressions.map(
      (expression, index) =>
        new Schedule(this, index === 0 ? 'Schedule' : `Schedule${index + 1}`, {
          schedule: ScheduleExpression.expression(expression, TimeZone.of(timeZone)),
          timeWindow: TimeWindow.off(),
          enabled,
          scheduleGroup,
          target,
        }),
    );
  }

  private warmerTarget(): IScheduleTarget {
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.warmerAlias.grantInvoke(role);
    return {
      bind: () => ({
        arn: this.warmerAlias.functionArn,
        role,
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: LAMBDA_ASYNC_EVENT_AGE.min! },
      }),
    };
  }
}

/** The simulation is loaded where a target states its workload, and costs nothing elsewhere. */
function adviseOnObjectives(findings: Findings, props: KeepWarmScheduleProps): void {
  if (props.targets.every(({ workload }) => workload === undefined)) return;
  (require('./warming-advice') as typeof import('./warming-advice')).adviseOnObjectives(findings, props);
}
