import { functionOfUri } from '../assembly/apis';
import type { ResolvedStack, Resource } from '../assembly/resolved-stack';

type Settings = Readonly<Record<string, unknown>>;

/** One sentence for each thing that the APIs and function URLs of the stacks do on AWS and not in the local run. */
export function unservedFeatures(stacks: readonly ResolvedStack[]): string[] {
  const named = (type: string, has: (property: (name: string) => unknown) => boolean) =>
    stacks.flatMap((stack) =>
      stack
        .resourcesOf(type)
        .filter(({ logicalId }) => has((name) => stack.property(logicalId, name)))
        .map((resource) => pathOf(stack, resource)),
    );
  const throttles = (settings: unknown) => Object.keys((settings ?? {}) as Settings).some((name) => name.startsWith('Throttling'));
  return [
    ...sentence('preflight requests are not answered and no CORS headers are added here', [
      ...named('AWS::ApiGatewayV2::Api', (property) => property('CorsConfiguration') !== undefined),
      ...named('AWS::Lambda::Url', (property) => property('Cors') !== undefined),
    ]),
    ...sentence('only routes to functions are served here, so nothing answers', [
      ...named('AWS::ApiGateway::Method', (property) => ((property('Integration') ?? {}) as Settings)['Type'] !== 'AWS_PROXY'),
      ...named('AWS::ApiGatewayV2::Integration', (property) => functionOfUri(String(property('IntegrationUri'))) === undefined),
    ]),
    ...sentence('requests to APIs are not throttled here', [
      ...named('AWS::ApiGateway::Stage', (property) => ((property('MethodSettings') ?? []) as unknown[]).some(throttles)),
      ...named('AWS::ApiGateway::UsagePlan', (property) => property('Throttle') !== undefined || property('Quota') !== undefined),
      ...named(
        'AWS::ApiGatewayV2::Stage',
        (property) =>
          throttles(property('DefaultRouteSettings')) || Object.values((property('RouteSettings') ?? {}) as Settings).some(throttles),
      ),
    ]),
    ...sentence(
      'API keys are not asked for here',
      named('AWS::ApiGateway::Method', (property) => String(property('ApiKeyRequired')) === 'true'),
    ),
    ...sentence(
      'requests are not validated here',
      named('AWS::ApiGateway::Method', (property) => property('RequestValidatorId') !== undefined),
    ),
  ];
}

function pathOf(stack: ResolvedStack, { logicalId }: Resource): string {
  return (stack.source.paths[logicalId] ?? logicalId).replace(/\/Resource$/, '');
}

function sentence(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
}
