import type { FunctionSpec } from '../lambda/function-spec';
import type { ResolvedStack } from './resolved-stack';

type AsyncSettings = Pick<FunctionSpec, 'onFailure' | 'retryAttempts' | 'deadLetterArn'> &
  Required<Pick<FunctionSpec, 'onSuccess' | 'maximumEventAgeMs'>>;

interface Destinations {
  readonly OnFailure?: { readonly Destination?: unknown };
  readonly OnSuccess?: { readonly Destination?: unknown };
}

/** How a function's asynchronous events are retried and where they end, by the qualifier that is invoked. */
export function asyncSettings(stack: ResolvedStack, logicalId: string, name: string, arn: string): AsyncSettings {
  const configs = stack
    .resourcesOf('AWS::Lambda::EventInvokeConfig')
    .filter((config) => [name, arn].includes(stack.text(config.logicalId, 'FunctionName')))
    .map((config) => {
      const destinations = stack.property(config.logicalId, 'DestinationConfig') as Destinations | undefined;
      const age = stack.property(config.logicalId, 'MaximumEventAgeInSeconds');
      return {
        qualifier: stack.text(config.logicalId, 'Qualifier'),
        onFailure: destinations?.OnFailure?.Destination,
        onSuccess: destinations?.OnSuccess?.Destination,
        retries: stack.property(config.logicalId, 'MaximumRetryAttempts'),
        ageMs: age === undefined ? undefined : Number(age) * 1000,
      };
    });
  const byQualifier = <Value>(pick: (config: (typeof configs)[number]) => unknown, as: (value: unknown) => Value): Record<string, Value> =>
    Object.fromEntries(configs.filter((config) => pick(config) !== undefined).map((config) => [config.qualifier, as(pick(config))]));
  const deadLetter = stack.property(logicalId, 'DeadLetterConfig') as { TargetArn?: unknown } | undefined;
  return {
    onFailure: byQualifier(({ onFailure }) => onFailure, String),
    onSuccess: byQualifier(({ onSuccess }) => onSuccess, String),
    retryAttempts: byQualifier(({ retries }) => retries, Number),
    maximumEventAgeMs: byQualifier(({ ageMs }) => ageMs, Number),
    ...(deadLetter?.TargetArn !== undefined && { deadLetterArn: String(deadLetter.TargetArn) }),
  };
}
