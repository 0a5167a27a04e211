import { AGENTCORE_IDLE, AGENTCORE_INSTANCES, AGENTCORE_SESSION } from '../../../quotas/agentcore-quotas';
import type { Quota } from '../../../quotas/quota';
import type { Resource } from '../../../template/resource';
import type { Rule, Violation } from '../../rule';
import { isLiteral } from '../compute/literal';
import { quotaMessage } from '../compute/quota-message';

const IDLE = 'IdleRuntimeSessionTimeout';
const LIFETIME = 'MaxLifetime';

export const AGENTCORE_LIFETIME: Rule = {
  id: 'agentcore-lifetime',
  title: 'Lifetime or idle time that a session of an AgentCore runtime cannot have',
  why: 'The deployment fails: sessions on microVMs live 8 hours at most, those on instances 14 days, and none may idle for longer than it lives.',
  severity: 'error',
  fix: 'set values in that range, keep the state outside the session, or run it on a capacity provider',
  source: AGENTCORE_SESSION.source,
  check: (graph) => graph.ofType('AWS::BedrockAgentCore::Runtime').flatMap(violations),
};

function violations(runtime: Resource): Violation[] {
  const onInstances = runtime.get('CapacityProviderConfiguration') !== undefined;
  const [idle, lifetime] = [IDLE, LIFETIME].map((property) => runtime.number('LifecycleConfiguration', property));
  const found = [
    ...outside(runtime, IDLE, idle, onInstances ? AGENTCORE_INSTANCES : AGENTCORE_IDLE),
    ...outside(runtime, LIFETIME, lifetime, onInstances ? AGENTCORE_INSTANCES : AGENTCORE_SESSION),
  ];
  if (idle === undefined || lifetime === undefined || idle <= lifetime) return found;
  return [...found, { resource: runtime, message: `${IDLE} must be at most ${LIFETIME}, ${lifetime} s, got ${idle} s` }];
}

function outside(runtime: Resource, property: string, value: number | undefined, quota: Quota): Violation[] {
  const message = quotaMessage(`LifecycleConfiguration.${property}`, value, quota);
  if (message === undefined) return [];
  // The schema of the resource allows what instances may have.
  const seen = quotaMessage(property, value, AGENTCORE_INSTANCES) !== undefined && isLiteral(runtime, 'LifecycleConfiguration');
  return [{ resource: runtime, message, ...(seen && { reportedByCdk: 'F3034' }) }];
}
