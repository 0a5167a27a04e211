import { ACCOUNT, REGION } from '../assembly/physical-name';
import { AccessControl } from '../iam/access-control';
import { Account } from '../iam/account';
import { PermissionGuard } from '../iam/permission-guard';
import { StackDirectory } from '../iam/stack-directory';
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
export function guardGateway(
  site: Pick<Site, 'resolver' | 'gateway' | 'access' | 'tokens' | 'notice'>,
  roleOfFunction: (functionName: string) => string | undefined,
): void {
  const directory = new StackDirectory(site.resolver.stacks, (token) => machineOf(site.tokens.executionOf(token)));
  const guard = new PermissionGuard({ access: site.access, directory, roleOfFunction, onNotice: (text) => site.notice(text) });
  site.gateway.guardWith(guard.refuse);
  site.gateway.intercept(guard.hideMissingObjects);
}

/** `execution:MACHINE:NAME`, or `execution:MACHINE/LABEL:NAME` for a child of a Map, is of `stateMachine:MACHINE`. */
function machineOf(executionArn: string | undefined): string | undefined {
  return executionArn?.replace(':execution:', ':stateMachine:').replace(/(:stateMachine:[^:/]+)[:/].*$/, '$1');
}
