import type { RouteTargetData } from '../../lambda/contract/routing';
import { type RouteTargetConfig, RouteTargetKind } from './route-target';

const DEFAULT_ENDPOINT_TIMEOUT_MS = 25_000;

/** What each kind cannot do without. */
const REQUIRED: Readonly<Record<RouteTargetKind, keyof RouteTargetConfig>> = {
  [RouteTargetKind.FUNCTION]: 'functionArn',
  [RouteTargetKind.STATE_MACHINE]: 'stateMachineArn',
  [RouteTargetKind.QUEUE]: 'queueUrl',
  [RouteTargetKind.ENDPOINT]: 'url',
};

/** What is missing in the answer of a target's `bind`; own targets may forget a field that the types cannot demand. */
export function targetProblem(name: string, config: RouteTargetConfig): string | undefined {
  const required = REQUIRED[config.kind];
  if (required === undefined) {
    return `target ${JSON.stringify(name)} must have a kind of ${Object.values(RouteTargetKind).join(', ')}, got ${config.kind}`;
  }
  if (config[required] === undefined) return `target ${JSON.stringify(name)} of kind ${config.kind} must have ${required}, got none`;
  if ((config.clusterName === undefined) !== (config.serviceName === undefined)) {
    return `target ${JSON.stringify(name)} must have both clusterName and serviceName, or neither`;
  }
  return undefined;
}

/** The target as the router reads it. */
export function targetData(config: RouteTargetConfig): RouteTargetData {
  switch (config.kind) {
    case RouteTargetKind.FUNCTION:
      return { kind: 'function', functionArn: config.functionArn! };
    case RouteTargetKind.STATE_MACHINE:
      return { kind: 'stateMachine', stateMachineArn: config.stateMachineArn! };
    case RouteTargetKind.QUEUE:
      return {
        kind: 'queue',
        queueUrl: config.queueUrl!,
        ...(config.clusterName && config.serviceName ? { service: { cluster: config.clusterName, service: config.serviceName } } : {}),
      };
    case RouteTargetKind.ENDPOINT:
      return {
        kind: 'endpoint',
        url: config.url!,
        timeoutMs: config.timeout?.toMilliseconds() ?? DEFAULT_ENDPOINT_TIMEOUT_MS,
        ...(config.secretArn ? { secretArn: config.secretArn } : {}),
      };
  }
}
