import { ACCOUNT, arn, REGION } from '../assembly/physical-name';
import { containerServices } from '../assembly/work-models';
import type { CredentialOwner, ServiceRequest } from '../gateway/service';
import { Authorizers } from '../http/authorizers';
import type { TokenKeys } from '../http/token-keys';
import { AccessControl } from '../iam/access-control';
import { AccessDeniedError } from '../iam/access-denied';
import { Account } from '../iam/account';
import { ApiPermissions } from '../iam/api-permissions';
import { principalOf } from '../iam/caller-principal';
import { PermissionGuard } from '../iam/permission-guard';
import { PolicyError } from '../iam/policy-error';
import { ServicePermissions } from '../iam/service-permissions';
import { StackDirectory } from '../iam/stack-directory';
import type { FunctionSpec } from '../lambda/function-spec';
import { LambdaServiceError } from '../lambda/service-error';
import { unsealed } from '../services/ciphertext';
import type { CacheAdmission } from '../services/valkey/cache-door';
import type { Site } from './site';

const MODES = ['enforced', 'reported'] as const;

/** Reads the roles of the stacks when the first call asks for one. */
export function accessControl(site: Pick<Site, 'resolver' | 'clock' | 'options' | 'notice'>): AccessControl {
  const { permissions: mode = 'enforced' } = site.options;
  if (!MODES.includes(mode)) throw new Error(`permissions must be one of ${MODES.join(', ')}, got ${JSON.stringify(mode)}`);
  const onNotice = (text: string) => site.notice(text);
  const account = new Account({ stacks: site.resolver.stacks, onNotice });
  return new AccessControl({ account, accountId: ACCOUNT, region: REGION, clock: site.clock, mode, onNotice });
}

/** Holds every call of the gateway to what its caller may do. */
export function guardGateway(site: Pick<Site, 'resolver' | 'gateway' | 'access' | 'tokens' | 'notice'>): void {
  const directory = new StackDirectory(
    site.resolver.stacks,
    (token) => machineOf(site.tokens.executionOf(token)),
    (ciphertext) => unsealed(ciphertext)?.keyArn,
  );
  const guard = new PermissionGuard({ access: site.access, directory, onNotice: (text) => site.notice(text) });
  site.gateway.guardWith(guard.refuse);
  site.gateway.intercept(guard.hideMissingObjects);
}

/** `execution:MACHINE:NAME`, or `execution:MACHINE/LABEL:NAME` for a child of a Map, is of `stateMachine:MACHINE`. */
function machineOf(executionArn: string | undefined): string | undefined {
  return executionArn?.replace(':execution:', ':stateMachine:').replace(/(:stateMachine:[^:/]+)[:/].*$/, '$1');
}

/** Who may call functions by way of APIs and function URLs. */
export function apiPermissions(site: Pick<Site, 'access' | 'gateway' | 'notice'>): ApiPermissions {
  return new ApiPermissions({
    access: site.access,
    principalOf: (accessKeyId) => principalOf(site.gateway.callerOf(accessKeyId ?? ''), (name) => site.access.account.roleOfFunction(name)),
    onNotice: (text) => site.notice(text),
  });
}

/** The authorizers of APIs; API Gateway calls their functions in its own name. */
export function apiAuthorizers(site: Pick<Site, 'access' | 'clock' | 'lambda' | 'notice'>, keys: TokenKeys): Authorizers {
  return new Authorizers({
    lambda: () => site.lambda,
    clock: site.clock,
    keys,
    admit: ({ functionArn, sourceArn }) =>
      site.access.authorize({ kind: 'service', service: 'apigateway.amazonaws.com', sourceArn }, [
        { action: 'lambda:InvokeFunction', resource: functionArn },
      ]),
    onNotice: (text) => site.notice(text),
  });
}

/** Lambda polls a queue with the role of the function that is mapped to it. */
export function pollerOf(site: Pick<Site, 'access'>, functionArn: string): CredentialOwner {
  const name = functionArn.split(':')[6] ?? '';
  return { roleArn: site.access.account.roleOfFunction(name), sessionName: name };
}

/**
 * Who may sign in to a cache: the permission is needed on the cache and on the user.
 * Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
export function admitToCache(site: Pick<Site, 'access' | 'gateway' | 'notice'>, cacheArn: string): CacheAdmission {
  return (accessKeyId, user) => {
    const principal = principalOf(site.gateway.callerOf(accessKeyId), (name) => site.access.account.roleOfFunction(name));
    try {
      const on = (resource: string) => ({ action: 'elasticache:Connect', resource });
      site.access.authorize(principal, [on(cacheArn), on(arn('elasticache', `user:${user}`))]);
      return true;
    } catch (error) {
      if (error instanceof PolicyError) site.notice(error.message);
      else if (!(error instanceof AccessDeniedError)) throw error;
      return false;
    }
  };
}

/**
 * ECS starts tasks after the call that asks for them: what the roles of a task do not allow is told, since no answer of the call can.
 */
export function checkTaskStarts(site: Pick<Site, 'gateway' | 'all'>, services: ServicePermissions): void {
  site.gateway.intercept(async (call, response, next) => {
    await next();
    const started = call.service === 'ecs' && response.statusCode < 400 ? startedBy(site, call) : undefined;
    if (started !== undefined) services.atTaskStart(started);
  });
}

/** ARN of the task definition of which a call has tasks started. */
function startedBy(site: Pick<Site, 'all'>, { operation, body }: ServiceRequest): string | undefined {
  if (operation !== 'RunTask' && operation !== 'UpdateService') return undefined;
  const input = JSON.parse(body.toString('utf8')) as Readonly<Record<string, string | number | undefined>>;
  const last = (value: unknown) => String(value ?? 'default').replace(/^.*\//, '');
  if (operation === 'RunTask') {
    const definition = last(input['taskDefinition']);
    return arn('ecs', `task-definition/${definition.includes(':') ? definition : `${definition}:1`}`);
  }
  const wanted = site
    .all(containerServices)
    .find(({ cluster, service }) => cluster === last(input['cluster']) && service === last(input['service']));
  return Number(input['desiredCount'] ?? 0) > 0 ? wanted?.taskDefinitionArn : undefined;
}

/** What AWS does with the roles of the stacks on its own account. */
export function servicePermissions(site: Pick<Site, 'resolver' | 'access' | 'notice'>): ServicePermissions {
  return new ServicePermissions({ stacks: site.resolver.stacks, access: site.access, onNotice: (text) => site.notice(text) });
}

/** A function whose environments start only when its role lets Lambda do what that takes. */
export function heldToRole(services: ServicePermissions, spec: FunctionSpec): FunctionSpec {
  const admit = async () => {
    const denied = services.atEnvironmentStart(spec.name);
    if (denied === undefined) return;
    const action = denied.action.slice(denied.action.indexOf(':') + 1);
    // Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
    if (denied.action.startsWith('ec2:')) {
      const text = `The provided execution role does not have permissions to call ${action} on EC2`;
      throw new LambdaServiceError('EC2AccessDeniedException', 502, `${text}: ${denied.message}`, { Type: 'Service' });
    }
    throw new LambdaServiceError(
      'AccessDeniedException',
      403,
      `The role defined for the function cannot be assumed by Lambda. ${denied.message}`,
    );
  };
  return { ...spec, admit };
}
