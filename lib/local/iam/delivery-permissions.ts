import type { RuleModel, RuleTarget, ScheduleModel } from '../assembly/event-models';
import type { CredentialOwner } from '../gateway/service';
import type { AccessControl } from './access-control';
import { assumeRole, targetCheck } from './service-permissions';

const EVENTS = 'events.amazonaws.com';

/** In whose name EventBridge calls a target: in that of the target's role, else in its own. */
export function ruleCaller(rule: Pick<RuleModel, 'arn'>, target: Pick<RuleTarget, 'roleArn' | 'id'>): CredentialOwner {
  if (target.roleArn !== undefined) return { roleArn: target.roleArn, sessionName: target.id };
  return { servicePrincipal: EVENTS, sourceArn: rule.arn };
}

/**
 * Makes sure that EventBridge may take on the role of a target. The call itself is checked where it arrives; only what goes from bus to bus is no
 * call and is checked here.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 *
 * @throws AccessDeniedError
 */
export function admitRuleTarget(
  access: AccessControl,
  rule: Pick<RuleModel, 'arn'>,
  target: Pick<RuleTarget, 'arn' | 'id' | 'roleArn'>,
): void {
  const { roleArn } = target;
  const caller =
    roleArn === undefined
      ? ({ kind: 'service', service: EVENTS, sourceArn: rule.arn } as const)
      : assumeRole(access, { service: EVENTS, roleArn, sourceArn: rule.arn, sessionName: target.id });
  if (target.arn.includes(':event-bus/')) access.authorize(caller, [targetCheck(target.arn)]);
}

/**
 * Makes sure that Scheduler may take on the role of a schedule. To the role's trust policy the source is the group of the schedule.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 *
 * @throws AccessDeniedError
 */
export function admitScheduleTarget(access: AccessControl, { arn, name, target }: Pick<ScheduleModel, 'arn' | 'name' | 'target'>): void {
  const sourceArn = arn.replace(/:schedule\/([^/]+)\/.*$/, ':schedule-group/$1');
  assumeRole(access, { service: 'scheduler.amazonaws.com', roleArn: target.roleArn, sourceArn, sessionName: name });
}
