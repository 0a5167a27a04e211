import { ACCOUNT, arn, REGION } from './physical-name';
import type { ResolvedStack } from './resolved-stack';

/** A function that decides who may call. */
export interface FunctionAuthorizer {
  readonly kind: 'function';
  readonly logicalId: string;
  readonly functionArn: string;
  /** As the permission of the function names it. */
  readonly sourceArn: string;
  readonly type: 'TOKEN' | 'REQUEST';
  /** `$request.header.x-key` or `method.request.header.x-key`; each must be there for the function to be asked. */
  readonly identitySources: readonly string[];
  readonly payloadFormat: '1.0' | '2.0';
  /** It answers `isAuthorized` in place of a policy. */
  readonly simple: boolean;
  /** What a token must look like. */
  readonly validation?: string;
  readonly cacheSeconds: number;
}

/** An issuer whose tokens say who calls. */
export interface TokenAuthorizer {
  readonly kind: 'jwt';
  readonly logicalId: string;
  readonly issuer: string;
  /** Of which a token must name one; any, when there is none. */
  readonly audience: readonly string[];
  readonly identitySource: string;
}

export type AuthorizerModel = FunctionAuthorizer | TokenAuthorizer;

const FUNCTION_OF_URI = /\/functions\/(arn:[^/]+)\//;
const BEARER = '$request.header.Authorization';

function sourceOf(apiId: string, authorizerId: string): string {
  return arn('execute-api', `${apiId}/authorizers/${authorizerId}`);
}

/** By their ids. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
export function httpAuthorizers(stack: ResolvedStack, apiId: string): ReadonlyMap<string, AuthorizerModel> {
  const own = stack.resourcesOf('AWS::ApiGatewayV2::Authorizer').filter(({ logicalId }) => stack.property(logicalId, 'ApiId') === apiId);
  return new Map(
    own.map(({ logicalId }): [string, AuthorizerModel] => {
      const id = stack.identity(logicalId).name;
      const sources = (stack.property(logicalId, 'IdentitySource') ?? []) as string[];
      if (stack.property(logicalId, 'AuthorizerType') === 'JWT') {
        const { Issuer = '', Audience = [] } = stack.property(logicalId, 'JwtConfiguration') as { Issuer?: string; Audience?: string[] };
        return [id, { kind: 'jwt', logicalId, issuer: Issuer, audience: Audience, identitySource: sources[0] ?? BEARER }];
      }
      return [
        id,
        {
          kind: 'function',
          logicalId,
          functionArn: functionOf(stack.text(logicalId, 'AuthorizerUri')),
          sourceArn: sourceOf(apiId, id),
          type: 'REQUEST',
          identitySources: sources,
          payloadFormat: stack.property(logicalId, 'AuthorizerPayloadFormatVersion') === '1.0' ? '1.0' : '2.0',
          simple: stack.property(logicalId, 'EnableSimpleResponses') === true,
          cacheSeconds: stack.number(logicalId, 'AuthorizerResultTtlInSeconds', 0),
        },
      ];
    }),
  );
}

const USUAL_CACHE_SECONDS = 300;

/** By their ids. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html */
export function restAuthorizers(stack: ResolvedStack, apiId: string): ReadonlyMap<string, AuthorizerModel> {
  const own = stack.resourcesOf('AWS::ApiGateway::Authorizer').filter(({ logicalId }) => stack.property(logicalId, 'RestApiId') === apiId);
  return new Map(
    own.map(({ logicalId }): [string, AuthorizerModel] => {
      const id = stack.identity(logicalId).name;
      const type = stack.text(logicalId, 'Type');
      const source = String(stack.property(logicalId, 'IdentitySource') ?? '');
      if (type === 'COGNITO_USER_POOLS') {
        const [pool = ''] = (stack.property(logicalId, 'ProviderARNs') ?? []) as string[];
        const issuer = `https://cognito-idp.${REGION}.amazonaws.com/${pool.slice(pool.lastIndexOf('/') + 1)}`;
        return [id, { kind: 'jwt', logicalId, issuer, audience: [], identitySource: source || 'method.request.header.Authorization' }];
      }
      const validation = stack.property(logicalId, 'IdentityValidationExpression');
      return [
        id,
        {
          kind: 'function',
          logicalId,
          functionArn: functionOf(stack.text(logicalId, 'AuthorizerUri')),
          sourceArn: sourceOf(apiId, id),
          type: type === 'TOKEN' ? 'TOKEN' : 'REQUEST',
          identitySources: source
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== ''),
          payloadFormat: '1.0',
          simple: false,
          ...(validation !== undefined && { validation: String(validation) }),
          cacheSeconds: stack.number(logicalId, 'AuthorizerResultTtlInSeconds', USUAL_CACHE_SECONDS),
        },
      ];
    }),
  );
}

function functionOf(uri: string): string {
  return FUNCTION_OF_URI.exec(uri)?.[1] ?? uri;
}

/** The method that is called, as policies name it. */
export function methodArn(apiId: string, stage: string, method: string, path: string): string {
  return `arn:aws:execute-api:${REGION}:${ACCOUNT}:${apiId}/${stage}/${method}/${path.replace(/^\//, '')}`;
}
