import { randomUUID } from 'node:crypto';
import type { ServiceHandler } from '../gateway/service';
import type { LocalService, ServiceRegistry } from './local-service';
import { refuseOperation } from './reply';

/** STS: says who calls, as an assumed role of the function's name. */
export class LocalIdentity implements LocalService {
  register(registry: ServiceRegistry): void {
    registry.register('sts', this.handle);
  }

  async stop(): Promise<void> {}

  private readonly handle: ServiceHandler = (request, response) => {
    const action = new URLSearchParams(request.body.toString('utf8')).get('Action') ?? 'no action';
    if (action !== 'GetCallerIdentity') return refuseOperation(response, { ...request, operation: action });
    const name = request.caller.functionName ?? 'local';
    const xml =
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
      `<Arn>arn:aws:sts::000000000000:assumed-role/${name}/${name}</Arn><UserId>${request.caller.accessKeyId}:${name}</UserId><Account>000000000000</Account>` +
      `</GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(xml);
  };
}
