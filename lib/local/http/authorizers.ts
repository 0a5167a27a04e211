import type { ApiRoute } from '../assembly/apis';
import { type FunctionAuthorizer, methodArn, type TokenAuthorizer } from '../assembly/authorizers';
import type { Clock } from '../clock';
import type { LambdaService } from '../lambda/lambda-service';
import type { ApiRequest } from './api-request';
import { type Decision, decisionOf } from './authorizer-answer';
import type { Caller } from './caller';
import { identityValue } from './identity-source';
import { eventV1 } from './payload-v1';
import { eventV2 } from './payload-v2';
import type { TokenKeys } from './token-keys';
import { ScopeMissing, TokenRefused, verifiedClaims } from './verify-token';

/** Who calls, or what the client gets in place of an answer. */
export type Admission = { readonly caller: Caller } | { readonly status: number; readonly body: object; readonly because?: string };

export interface AuthorizersOptions {
  readonly lambda: () => LambdaService;
  readonly clock: Clock;
  readonly keys: TokenKeys;
  /** Throws when the API may not call the function of an authorizer. @default - it may */
  readonly admit?: (authorizer: FunctionAuthorizer) => void;
  readonly onNotice: (notice: string) => void;
}

const UNAUTHORIZED = { status: 401, body: { message: 'Unauthorized' } };

/** Asks the authorizers of APIs who calls. */
export class Authorizers {
  private readonly remembered = new Map<string, { readonly until: number; readonly answer: unknown }>();

  constructor(private readonly options: AuthorizersOptions) {}

  /** For a route that has an authorizer. */
  async admit(route: ApiRoute, request: ApiRequest): Promise<Admission> {
    const { authorizer, scopes = [] } = route;
    if (authorizer === undefined) throw new Error(`${route.routeKey} has no authorizer`);
    const admission = await (authorizer.kind === 'jwt' ? this.byToken(authorizer, scopes, request) : this.byFunction(authorizer, request));
    if ('because' in admission && admission.because !== undefined) {
      this.options.onNotice(`${request.api.path}: ${authorizer.logicalId} let nobody in: ${admission.because}`);
    }
    return admission;
  }

  private async byToken(authorizer: TokenAuthorizer, scopes: readonly string[], request: ApiRequest): Promise<Admission> {
    const { keys, clock } = this.options;
    const token = identityValue(authorizer.identitySource, request).replace(/^Bearer\s+/i, '');
    try {
      return { caller: { kind: 'claims', claims: await verifiedClaims(token, authorizer, scopes, keys, clock.now()) } };
    } catch (error) {
      if (error instanceof ScopeMissing) return { status: 403, body: { message: 'Forbidden' }, because: error.message };
      if (error instanceof TokenRefused && token === '') return UNAUTHORIZED;
      return { ...UNAUTHORIZED, because: (error as Error).message };
    }
  }

  private async byFunction(authorizer: FunctionAuthorizer, request: ApiRequest): Promise<Admission> {
    const { api } = request;
    const values = authorizer.identitySources.map((source) => identityValue(source, request));
    const mustBeThere = authorizer.type === 'TOKEN' || authorizer.cacheSeconds > 0;
    if (mustBeThere && values.some((value) => value === '')) return UNAUTHORIZED;
    if (authorizer.validation !== undefined && !new RegExp(`^(?:${authorizer.validation})$`).test(values[0] ?? '')) return UNAUTHORIZED;
    const calledArn = methodArn(api.apiId, api.stage, request.message.method ?? 'GET', request.path);
    try {
      const answer = await this.answerOf(authorizer, values, eventOf(authorizer, request, values, calledArn));
      return admissionOf(decisionOf(answer, { simple: authorizer.simple, methodArn: calledArn }), api.kind);
    } catch (error) {
      const { message } = error as Error;
      if (message === 'Unauthorized') return UNAUTHORIZED;
      return { status: 500, body: { message: api.kind === 'rest' ? null : 'Internal Server Error' }, because: message };
    }
  }

  private async answerOf(authorizer: FunctionAuthorizer, values: readonly string[], event: object): Promise<unknown> {
    const { lambda, clock, admit } = this.options;
    const key = JSON.stringify([authorizer.logicalId, ...values]);
    const known = this.remembered.get(key);
    if (known !== undefined && known.until > clock.now()) return known.answer;
    admit?.(authorizer);
    const payload = JSON.stringify(event);
    const outcome = await lambda().invoke({ functionName: authorizer.functionArn, payload, invocationType: 'RequestResponse' });
    const answer: unknown = JSON.parse(outcome.payload.toString('utf8') || 'null');
    if (outcome.functionError !== undefined) throw new Error(String((answer as { errorMessage?: string } | null)?.errorMessage));
    if (values.length > 0 && authorizer.cacheSeconds > 0) {
      this.remembered.set(key, { until: clock.now() + authorizer.cacheSeconds * 1000, answer });
    }
    return answer;
  }
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function eventOf(authorizer: FunctionAuthorizer, request: ApiRequest, values: readonly string[], calledArn: string): object {
  if (authorizer.type === 'TOKEN') return { type: 'TOKEN', methodArn: calledArn, authorizationToken: values[0] };
  if (authorizer.payloadFormat === '2.0') {
    const { body: _body, isBase64Encoded: _base64, ...event } = eventV2(request) as Record<string, unknown>;
    return { ...event, type: 'REQUEST', routeArn: calledArn, identitySource: values };
  }
  const { body: _body, isBase64Encoded: _base64, version, ...event } = eventV1(request) as Record<string, unknown>;
  if (request.api.kind === 'rest') return { type: 'REQUEST', methodArn: calledArn, ...event };
  return {
    version,
    type: 'REQUEST',
    methodArn: calledArn,
    identitySource: values.join(','),
    authorizationToken: values.join(','),
    ...event,
  };
}

function admissionOf({ verdict, principalId, context }: Decision, kind: 'http' | 'rest' | 'url'): Admission {
  if (verdict === 'allowed') return { caller: { kind: 'authorizer', context, ...(principalId !== undefined && { principalId }) } };
  if (kind !== 'rest') return { status: 403, body: { message: 'Forbidden' } };
  const Message = 'User is not authorized to access this resource';
  return { status: 403, body: { Message: verdict === 'explicitly-denied' ? `${Message} with an explicit deny` : Message } };
}
