import { deploymentUses } from '../assembly/deployment-uses';
import { environmentUses } from '../assembly/environment-uses';
import type { ResolvedStack } from '../assembly/resolved-stack';
import type { ServiceUse } from '../assembly/service-use';
import { taskUses } from '../assembly/task-uses';
import type { AccessControl, Check } from './access-control';
import type { AccessDeniedError } from './access-denied';
import { PolicyError } from './policy-error';
import type { RoleSession } from './principal';

export interface ServicePermissionsOptions {
  readonly stacks: readonly ResolvedStack[];
  readonly access: AccessControl;
  readonly onNotice: (notice: string) => void;
}

/** What AWS does with the roles of the stacks on its own account, checked when AWS would do it. */
export class ServicePermissions {
  private environments?: ReadonlyMap<string, ServiceUse[]>;
  private tasks?: ReadonlyMap<string, ServiceUse[]>;

  constructor(private readonly options: ServicePermissionsOptions) {}

  /** What would stand in the way of a deployment. */
  atDeployment(): AccessDeniedError[] {
    return this.options.stacks.flatMap((stack) => deploymentUses(stack).flatMap((use) => this.examine(use, 'a deployment would fail')));
  }

  /**
   * An environment of a function starts.
   *
   * @returns what keeps it from starting; a function that cannot write its logs runs all the same
   */
  atEnvironmentStart(functionName: string): AccessDeniedError | undefined {
    this.environments ??= merged(this.options.stacks.map(environmentUses));
    const denied = (this.environments.get(functionName) ?? []).flatMap((use) =>
      this.examine(use, `an environment of ${functionName} starts`),
    );
    return this.options.access.mode === 'enforced' ? denied.find(({ action }) => FATAL.test(action)) : undefined;
  }

  /** ECS starts a task of the definition. */
  atTaskStart(taskDefinitionArn: string): AccessDeniedError[] {
    this.tasks ??= merged(this.options.stacks.map(taskUses));
    return (this.tasks.get(taskDefinitionArn) ?? []).flatMap((use) => this.examine(use, 'a task cannot start'));
  }

  /** Every permission that the use needs, so that one run tells all that is missing. */
  private examine({ path, service, roleArn, sourceArn, checks, refusal }: ServiceUse, when: string): AccessDeniedError[] {
    const { access, onNotice } = this.options;
    const principal = { kind: 'service', service, ...(sourceArn !== undefined && { sourceArn }) } as const;
    const session: RoleSession = { kind: 'role', roleArn, sessionName: service.split('.')[0] ?? service };
    try {
      const untrusted = access.denialOf(principal, { action: 'sts:AssumeRole', resource: roleArn });
      const denied = [untrusted, ...checks.map((check) => access.denialOf(session, check))].filter((error) => error !== undefined);
      if (denied.length > 0) onNotice(`${path}: ${when}: ${refusal}`);
      return denied;
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      onNotice(`${path}: ${error.message}`);
      return [];
    }
  }
}

/** Without these an environment does not start; the others cost only what they are for. */
const FATAL = /^(sts|ec2):/;

function merged(maps: readonly ReadonlyMap<string, ServiceUse[]>[]): ReadonlyMap<string, ServiceUse[]> {
  return new Map(maps.flatMap((map) => [...map]));
}

/** The session of a role that a service takes on to act for a resource. @throws AccessDeniedError when the role does not trust the service */
export function assumeRole(
  access: AccessControl,
  { service, roleArn, sourceArn, sessionName }: { service: string; roleArn: string; sourceArn?: string; sessionName: string },
): RoleSession {
  access.authorize({ kind: 'service', service, ...(sourceArn !== undefined && { sourceArn }) }, [
    { action: 'sts:AssumeRole', resource: roleArn },
  ]);
  return { kind: 'role', roleArn, sessionName };
}

/** The permission to hand something to a target of a rule, schedule or pipe. */
export function targetCheck(targetArn: string): Check {
  const [, , service = '', , , kind = ''] = targetArn.split(':');
  if (service === 'lambda') return { action: 'lambda:InvokeFunction', resource: targetArn };
  if (service === 'sqs') return { action: 'sqs:SendMessage', resource: targetArn };
  if (service === 'sns') return { action: 'sns:Publish', resource: targetArn };
  if (service === 'events') return { action: 'events:PutEvents', resource: targetArn };
  if (service === 'states' && kind === 'stateMachine') {
    const parts = targetArn.split(':');
    const qualifier = parts[7];
    return {
      action: 'states:StartExecution',
      resource: parts.slice(0, 7).join(':'),
      ...(qualifier !== undefined && { context: { 'states:StateMachineQualifier': [qualifier] } }),
    };
  }
  if (service === 'ecs') return { action: 'ecs:RunTask', resource: targetArn };
  throw new PolicyError(`the local run does not know which permission ${targetArn} needs as a target`);
}
