import type { ApiModel, ApiRoute } from '../assembly/apis';
import { arn } from '../assembly/physical-name';
import type { AccessControl } from './access-control';
import { AccessDeniedError } from './access-denied';
import { PolicyError } from './policy-error';
import type { Principal } from './principal';

/** What a client gets whose request was not let through. */
export interface ApiRefusal {
  readonly status: number;
  readonly message: string;
}

export interface ApiPermissionsOptions {
  readonly access: AccessControl;
  /** Who signed with an access key. */
  readonly principalOf: (accessKeyId: string | undefined) => Principal;
  readonly onNotice: (notice: string) => void;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const FORBIDDEN = {
  status: 403,
  message:
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
};

/** Decides whether an API may call its function, and whether a client may call a function URL. */
export class ApiPermissions {
  constructor(private readonly options: ApiPermissionsOptions) {}

  /** Undefined when the request may pass. `authorization` is the header of the request. */
  readonly refuse = (
    api: ApiModel,
    route: ApiRoute,
    request: { readonly method: string; readonly authorization?: string },
  ): ApiRefusal | undefined => {
    const { access, onNotice } = this.options;
    try {
      if (api.kind === 'url') this.callUrl(route, request.authorization);
      else {
        const principal = {
          kind: 'service',
          service: 'apigateway.amazonaws.com',
          sourceArn: methodArn(api, route, request.method),
        } as const;
        access.authorize(principal, [{ action: 'lambda:InvokeFunction', resource: route.functionArn }]);
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof AccessDeniedError) && !(error instanceof PolicyError)) throw error;
      if (error instanceof PolicyError) onNotice(error.message);
      if (api.kind === 'url') return FORBIDDEN;
      return { status: 500, message: api.kind === 'rest' ? 'Internal server error' : 'Internal Server Error' };
    }
  };

  /** A function URL needs both permissions. Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
  private callUrl({ functionArn, authorization }: ApiRoute, header: string | undefined): void {
    const signed = authorization === 'AWS_IAM';
    const accessKeyId = /Credential=([^/]+)\//.exec(header ?? '')?.[1];
    const principal: Principal = signed ? this.options.principalOf(accessKeyId) : { kind: 'anonymous' };
    this.options.access.authorize(principal, [
      { action: 'lambda:InvokeFunctionUrl', resource: functionArn, context: { 'lambda:FunctionUrlAuthType': signed ? 'AWS_IAM' : 'NONE' } },
      { action: 'lambda:InvokeFunction', resource: functionArn, context: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    ]);
  }
}

/**
 * The method that calls, as a permission's SourceArn names it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
function methodArn({ apiId, stage }: ApiModel, { routeKey }: ApiRoute, method: string): string {
  const [, path = ''] = routeKey.split(' ');
  if (routeKey === '$default') return arn('execute-api', `${apiId}/${stage}/$default`);
  return arn('execute-api', `${apiId}/${stage}/${method}/${path.replace(/^\//, '')}`);
}
