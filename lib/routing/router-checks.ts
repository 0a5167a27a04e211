import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { APIGW_HTTP_TIMEOUT } from '../quotas/api-gateway-quotas';
import { LAMBDA_ENVIRONMENT_VARIABLES, LAMBDA_TIMEOUT } from '../quotas/lambda-quotas';
import { checkQuota, type Findings, noFindings, seconds } from '../validation/check-quota';
import type { HybridRouterProps } from './hybrid-router';

/** What a reference takes when it is resolved: ARNs and URLs of resources with generated names are shorter. */
const BYTES_PER_REFERENCE = 120;
/** The variable that names the response bucket, and what the platform adds. */
const OTHER_VARIABLES_BYTES = 120;

/** Everything about the props of a router that can be known before its targets are bound. */
export function checkRouter(props: HybridRouterProps): Findings {
  const findings = noFindings();
  const names = Object.keys(props.targets);
  if (names.length === 0) findings.problems.push('targets must hold at least one target, got none');
  findings.problems.push(...props.policy._problems(names));

  const bound = props.authorizer ? APIGW_HTTP_TIMEOUT : LAMBDA_TIMEOUT;
  const fix = props.authorizer
    ? 'leave the authorizer out to have a function URL, or send long work to a queue or a state machine'
    : 'send longer work to a queue or a state machine';
  checkQuota(findings, 'timeout', seconds(props.timeout), bound, fix);

  const retention = seconds(props.responseRetention);
  if (retention !== undefined && (retention <= 0 || retention % 86_400 !== 0)) {
    findings.problems.push(`responseRetention must be whole days of at least 1, got ${retention} s; S3 expires objects by the day`);
  }
  warnOfIdleTargets(findings, props, names);
  return findings;
}

function warnOfIdleTargets(findings: Findings, { policy }: HybridRouterProps, names: readonly string[]): void {
  const { rules, defaultTarget } = policy._data();
  const used = new Set([defaultTarget, ...rules.map((rule) => rule.target)]);
  for (const name of names.filter((candidate) => !used.has(candidate))) {
    findings.warnings.push({
      id: 'serverless-ai:routing.unused-target',
      message: `target ${JSON.stringify(name)} is not used by any rule of the policy; no request goes there`,
    });
  }
}

/** Lambda refuses more than 4 KB of variables at deployment; references are counted as long as they can become. */
export function variableProblems(scope: IConstruct, variables: Readonly<Record<string, string>>): string[] {
  const bytes = Object.entries(variables).reduce((sum, [name, value]) => sum + name.length + sizeOf(Stack.of(scope).resolve(value)), 0);
  const total = bytes + OTHER_VARIABLES_BYTES;
  if (total <= LAMBDA_ENVIRONMENT_VARIABLES.max!) return [];
  return [
    `policy and targets must fit ${LAMBDA_ENVIRONMENT_VARIABLES.max} bytes of environment variables, got about ${total}; use fewer or shorter rules, or a second router`,
  ];
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })?.['Fn::Join'];
  return join ? join[1].reduce<number>((sum, part) => sum + sizeOf(part), 0) : BYTES_PER_REFERENCE;
}
