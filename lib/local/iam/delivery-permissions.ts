import type { RuleModel, RuleTarget } from '../assembly/event-models';
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
 * Makes sure that a rule may bring an event to its target.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 *
 * @throws AccessDeniedError when neither the target's policy nor the target's role allows it
 */
export function admitRuleTarget(
  access: AccessControl,
  rule: Pick<RuleModel, 'arn'>,
  target: Pick<RuleTarget, 'arn' | 'id' | 'roleArn'>,
): void {
  const { roleArn } = target;
  const check = targetCheck(target.arn);
  const caller =
    roleArn === undefined
      ? ({ kind: 'service', service: EVENTS, sourceArn: rule.arn } as const)
      : assumeRole(access, { service: EVENTS, roleArn, sourceArn: rule.arn, sessionName: target.id });
  access.authorize(caller, [check]);
}
