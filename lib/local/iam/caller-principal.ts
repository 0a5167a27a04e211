import type { Caller } from '../gateway/service';
import { ADMINISTRATOR, type Principal } from './principal';

/** How long a session's name may be. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const LONGEST_SESSION = 64;

/**
 * Who makes a call, as IAM sees it. A function's session bears the function's name. Credentials that the local run did not issue are those of the
 * developer, who counts as an administrator of the account.
 */
export function principalOf(caller: Caller, roleOfFunction: (functionName: string) => string | undefined): Principal {
  const { functionName, stateMachineArn, taskArn, servicePrincipal, sourceArn, accessKeyId } = caller;
  if (servicePrincipal !== undefined) return { kind: 'service', service: servicePrincipal, ...(sourceArn !== undefined && { sourceArn }) };
  const roleArn = caller.roleArn ?? (functionName === undefined ? undefined : roleOfFunction(functionName));
  if (roleArn === undefined) return ADMINISTRATOR;
  const task = taskArn?.slice(taskArn.lastIndexOf('/') + 1);
  const machine = stateMachineArn === undefined ? undefined : accessKeyId;
  return {
    kind: 'role',
    roleArn,
    sessionName: (caller.sessionName ?? functionName ?? task ?? machine ?? accessKeyId).slice(0, LONGEST_SESSION),
  };
}
