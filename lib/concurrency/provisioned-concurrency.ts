import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { Alias, CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { TimeZone, Token } from 'aws-cdk-lib/core';
import { LAMBDA_CONCURRENCY, LAMBDA_PROVISIONED_UTILIZATION } from '../quotas/lambda-quotas';
import { checkQuota, type Findings } from '../validation/check-quota';

/** Provisioned concurrency that follows its own utilization. */
export interface AutoscaledConcurrency {
  /** Environments that are always there. */
  readonly min: number;
  /** Environments at most. */
  readonly max: number;
  /**
   * Share of the provisioned environments that should be busy, 0.1 to 0.9.
   * @default 0.7
   */
  readonly targetUtilization?: number;
}

/** One point in time at which the bounds change. */
export interface ScheduledCapacity {
  /**
   * Hour of the change, 0 to 23, in the schedule's time zone.
   */
  readonly hour: number;
  /**
   * Minute of the change, 0 to 59.
   * @default 0
   */
  readonly minute?: number;
  /**
   * Days of the week as in a cron expression: `MON-FRI`, `SAT,SUN`.
   * @default - every day
   */
  readonly weekDay?: string;
  /** Environments from then on. */
  readonly environments: number;
}

/** Provisioned concurrency that changes by the clock. */
export interface ScheduledConcurrency {
  /** The changes; each holds until the next one. */
  readonly changes: ScheduledCapacity[];
  /**
   * IANA time zone of the changes.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
}

/**
 * How many environments of an alias are kept initialized.
 * Charged for as long as it is set, idle or not: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export abstract class ProvisionedConcurrency {
  /** Always this many environments. */
  public static fixed(environments: number): ProvisionedConcurrency {
    return new FixedConcurrency(environments);
  }

  /** Between `min` and `max` environments, by utilization. */
  public static autoscaled(bounds: AutoscaledConcurrency): ProvisionedConcurrency {
    return new UtilizationConcurrency(bounds);
  }

  /** A number of environments that changes by the clock. */
  public static scheduled(schedule: ScheduledConcurrency): ProvisionedConcurrency {
    return new ClockConcurrency(schedule);
  }

  /**
   * Adds what cannot work to the findings; the function's reserved concurrency bounds every number here.
   * @internal
   */
  public abstract _check(findings: Findings, reserved?: number): void;

  /**
   * Configures the alias.
   * @internal
   */
  public abstract _apply(alias: Alias): void;
}

class FixedConcurrency extends ProvisionedConcurrency {
  constructor(private readonly environments: number) {
    super();
  }

  override _check(findings: Findings, reserved?: number): void {
    checkEnvironments(findings, 'concurrency', this.environments, reserved);
  }

  override _apply(alias: Alias): void {
    (alias.node.defaultChild as CfnAlias).provisionedConcurrencyConfig = { provisionedConcurrentExecutions: this.environments };
  }
}

class UtilizationConcurrency extends ProvisionedConcurrency {
  constructor(private readonly bounds: AutoscaledConcurrency) {
    super();
  }

  override _check(findings: Findings, reserved?: number): void {
    const { min, max, targetUtilization } = this.bounds;
    checkEnvironments(findings, 'concurrency.min', min, reserved);
    checkEnvironments(findings, 'concurrency.max', max, reserved);
    if (!Token.isUnresolved(min) && !Token.isUnresolved(max) && min > max) {
      findings.problems.push(`concurrency.min must be at most concurrency.max, got ${min} and ${max}`);
    }
    checkQuota(
      findings,
      'concurrency.targetUtilization',
      targetUtilization,
      LAMBDA_PROVISIONED_UTILIZATION,
      'use 0.7 unless bursts are steep',
    );
  }

  // The scalable target's minimum is the only source of the count: an alias that also states one is reset by each deployment.
  override _apply(alias: Alias): void {
    const scaling = alias.addAutoScaling({ minCapacity: this.bounds.min, maxCapacity: this.bounds.max });
    scaling.scaleOnUtilization({ utilizationTarget: this.bounds.targetUtilization ?? 0.7 });
  }
}

class ClockConcurrency extends ProvisionedConcurrency {
  constructor(private readonly schedule: ScheduledConcurrency) {
    super();
  }

  override _check(findings: Findings, reserved?: number): void {
    const { changes } = this.schedule;
    if (changes.length === 0)
      findings.problems.push('concurrency.changes must hold at least one change, got none; use ProvisionedConcurrency.fixed');
    changes.forEach(({ hour, minute = 0, environments }, index) => {
      const prop = `concurrency.changes[${index}]`;
      if (!Token.isUnresolved(environments)) checkCount(findings, `${prop}.environments`, environments, 0, reserved);
      if (!isWhole(hour, 23)) findings.problems.push(`${prop}.hour must be a whole number from 0 to 23, got ${hour}`);
      if (!isWhole(minute, 59)) findings.problems.push(`${prop}.minute must be a whole number from 0 to 59, got ${minute}`);
    });
  }

  override _apply(alias: Alias): void {
    const { changes, timeZone = 'Etc/UTC' } = this.schedule;
    const counts = changes.map((change) => change.environments);
    const scaling = alias.addAutoScaling({ minCapacity: Math.min(...counts), maxCapacity: Math.max(...counts) });
    for (const { hour, minute = 0, weekDay = '*', environments } of changes) {
      const id = `At${hour}h${minute}${weekDay.replace(/\W/g, '') || 'Daily'}`;
      scaling.scaleOnSchedule(id, {
        schedule: Schedule.cron({ minute: String(minute), hour: String(hour), weekDay }),
        timeZone: TimeZone.of(timeZone),
        minCapacity: environments,
        maxCapacity: environments,
      });
    }
  }
}

function isWhole(value: number, max: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= 0 && value <= max);
}

function checkEnvironments(findings: Findings, prop: string, value: number, reserved?: number): void {
  if (Token.isUnresolved(value)) return;
  checkCount(findings, prop, value, 1, reserved);
  checkQuota(findings, prop, value, LAMBDA_CONCURRENCY, 'ask for a higher concurrency quota first');
}

function checkCount(findings: Findings, prop: string, value: number, min: number, reserved?: number): void {
  if (!Number.isInteger(value) || value < min) findings.problems.push(`${prop} must be a whole number of at least ${min}, got ${value}`);
  if (reserved !== undefined && !Token.isUnresolved(reserved) && value > reserved) {
    findings.problems.push(
      `${prop} must be at most reservedConcurrentExecutions (${reserved}), got ${value}; raise reservedConcurrentExecutions`,
    );
  }
}
