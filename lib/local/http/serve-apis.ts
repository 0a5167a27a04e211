import { type ApiModel, type FunctionUrlModel, functionUrls, httpApis, restApis } from '../assembly/apis';
import type { Resolver } from '../assembly/resolver';
import type { ApiPermissions } from '../iam/api-permissions';
import type { LambdaService } from '../lambda/lambda-service';
import { ApiServer } from './api-server';
import type { Authorizers } from './authorizers';
import { unservedFeatures } from './unserved-features';

export interface ServeApisOptions {
  /** APIs come before functions, whose environment may name the address of one. */
  readonly lambda: () => LambdaService;
  /** Answers requests in place of the function where the API or the client may not call it. @default - they may */
  readonly refuse?: ApiPermissions['refuse'];
  /** @default - authorizers let everybody in who says who they are */
  readonly authorizers?: Authorizers;
  readonly onStarted: (server: ApiServer) => void;
  readonly onNotice: (notice: string) => void;
}

/** Starts a server for each API and function URL of an assembly; whatever refers to one then has its address here. */
export async function serveApis(resolver: Resolver, { lambda, authorizers, onStarted, onNotice, refuse }: ServeApisOptions): Promise<void> {
  for (const text of unservedFeatures(resolver.stacks)) onNotice(text);
  for (const stack of resolver.stacks) {
    const sockets = stack
      .resourcesOf('AWS::ApiGatewayV2::Api')
      .filter(({ logicalId }) => stack.property(logicalId, 'ProtocolType') === 'WEBSOCKET');
    if (sockets.length > 0) onNotice(`WebSocket APIs are not served here: ${sockets.map(({ path }) => path).join(', ')}`);
    for (const model of [...httpApis(stack), ...restApis(stack), ...functionUrls(stack).map(apiOfUrl)]) {
      const server = new ApiServer(model, lambda, refuse, authorizers);
      await server.start();
      onStarted(server);
      resolver.setEndpoint(stack, model.logicalId, server.url);
    }
  }
}

/** A function URL is an API whose one route takes everything. */
function apiOfUrl({ logicalId, functionArn, authorization, streamed }: FunctionUrlModel): ApiModel {
  const route = { routeKey: '$default', functionArn, payloadFormat: '2.0', streamed, authorization };
  return { logicalId, path: logicalId, apiId: logicalId, kind: 'url', stage: '$default', routes: [route] };
}
