import { LAMBDA_CONCURRENCY } from '../../../quotas/lambda-quotas';
import { FUNCTION } from '../../../template/function-target';
import { invocationsOfFunction } from '../../../template/invocations';
import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { roleOf, statementsOf } from '../../../template/role-statements';
import { MapValue, render } from '../../../template/value';
import type { CheckOptions, ModelQuota } from '../../check-options';
import type { Rule, Violation } from '../../rule';
import { allowsInvocation } from './iam/model-arn';

const STANDARD_REQUEST_SECONDS = 10;
const SECONDS_PER_MINUTE = 60;

export const BEDROCK_MODEL_QUOTA: Rule = {
  id: 'bedrock-model-quota',
  title: "Function that may ask for more than the model's quota",
  why: 'The surplus is throttled: at full concurrency the function spends its time, and its bill, on retries.',
  severity: 'warning',
  fix: 'reserve less concurrency (or set maxConcurrency of its queue), ask for fewer tokens, or have the quota raised',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html',
  check: (graph, options) =>
    (options.modelQuotas ?? []).flatMap((quota) => callers(graph, quota).flatMap((fn) => violations(graph, fn, quota, options))),
};

function violations(graph: ResourceGraph, fn: Resource, quota: ModelQuota, options: CheckOptions): Violation[] {
  const concurrency = concurrencyOf(graph, fn, options);
  if (concurrency === undefined) return [];
  const { modelId, requestsPerMinute, tokensPerMinute, inputTokens, maxTokens, requestSeconds = STANDARD_REQUEST_SECONDS } = quota;
  const requests = (concurrency.executions * SECONDS_PER_MINUTE) / requestSeconds;
  const violation = (message: string): Violation => ({
    resource: fn,
    message: `${message} (${concurrency.reason}, ${requestSeconds} s each)`,
  });
  const found: Violation[] = [];
  if (requestsPerMinute !== undefined && requests > requestsPerMinute)
    found.push(violation(`may send ${rounded(requests)} requests a minute to ${modelId}, whose quota is ${requestsPerMinute}`));
  if (tokensPerMinute === undefined) return found;
  if (inputTokens === undefined || maxTokens === undefined) {
    const missing = [inputTokens === undefined && 'inputTokens', maxTokens === undefined && 'maxTokens'].filter(Boolean).join(' and ');
    return [
      ...found,
      {
        resource: fn,
        severity: 'info',
        message: `whether it keeps to ${tokensPerMinute} tokens a minute of ${modelId} depends on ${missing}; state them in modelQuotas`,
      },
    ];
  }
  const tokens = requests * (inputTokens + maxTokens);
  if (tokens > tokensPerMinute)
    found.push(violation(`may ask for ${rounded(tokens)} tokens a minute of ${modelId}, whose quota is ${tokensPerMinute}`));
  return found;
}

interface Concurrency {
  readonly executions: number;
  /** What bounds it, for the message. */
  readonly reason: string;
}

/** How many of its executions may run at once; undefined when the templates do not tell. */
function concurrencyOf(graph: ResourceGraph, fn: Resource, { accountConcurrency }: CheckOptions): Concurrency | undefined {
  const reserved = fn.get('ReservedConcurrentExecutions');
  const executions = fn.number('ReservedConcurrentExecutions');
  if (reserved !== undefined) return executions === undefined ? undefined : { executions, reason: `${executions} at once, as reserved` };
  const polled = polledConcurrency(graph, fn);
  if (polled !== undefined) return { executions: polled, reason: `${polled} at once, as its queues allow` };
  const account = accountConcurrency ?? LAMBDA_CONCURRENCY.default ?? LAMBDA_CONCURRENCY.max;
  return account === undefined ? undefined : { executions: account, reason: `${account} at once, the account's concurrency` };
}

/** The sum of what its queues may have under way, when nothing else calls it. */
function polledConcurrency(graph: ResourceGraph, fn: Resource): number | undefined {
  const bounds = invocationsOfFunction(graph, fn).map(({ caller }) => caller.number('ScalingConfig', 'MaximumConcurrency'));
  if (bounds.length === 0) return undefined;
  return bounds.reduce<number | undefined>((sum, bound) => (sum === undefined || bound === undefined ? undefined : sum + bound), 0);
}

/** Functions whose environment or grants name the model. */
function callers(graph: ResourceGraph, { modelId }: ModelQuota): readonly Resource[] {
  return graph.ofType(FUNCTION).filter((fn) => {
    const variables = fn.get('Environment', 'Variables');
    if (variables instanceof MapValue && variables.entries.some(([, value]) => names(render(value), modelId))) return true;
    const role = roleOf(fn, 'Role');
    const granted = role === undefined ? [] : statementsOf(graph, role).filter(allowsInvocation);
    return granted.some(({ resources }) => resources.some((resource) => names(render(resource), modelId)));
  });
}

/** The id itself, or an ARN that ends with it. */
function names(text: string, modelId: string): boolean {
  return text === modelId || text.endsWith(`/${modelId}`);
}

function rounded(value: number): number {
  return Math.round(value);
}
