import { functionUrls, httpApis, restApis } from '../assembly/apis';
import type { Site } from '../deploy/site';

/** An address at which something of the stack is served on this machine. */
export interface Endpoint {
  readonly kind: 'gateway' | 'http api' | 'rest api' | 'function url' | 'output';
  /** Construct path, or name of the output. */
  readonly name: string;
  readonly url: string;
}

export function endpointsOf({ resolver, gateway }: Pick<Site, 'resolver' | 'gateway'>): Endpoint[] {
  const served = resolver.stacks.flatMap((stack) => {
    const at = (kind: Endpoint['kind'], logicalId: string, stage = ''): Endpoint[] => {
      const url = resolver.endpointOf(stack, logicalId);
      const path = stack.source.paths[logicalId] ?? logicalId;
      return url === undefined ? [] : [{ kind, name: path.replace(/\/Resource$/, ''), url: `${url}/${stage}` }];
    };
    const outputs = Object.keys(stack.source.template.Outputs ?? {}).flatMap((name): Endpoint[] => {
      const value = textOf(() => resolver.localAddresses(String(stack.output(name, `output ${name}`))));
      return /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/.test(value) ? [{ kind: 'output', name, url: value }] : [];
    });
    return [
      ...httpApis(stack).flatMap(({ logicalId }) => at('http api', logicalId)),
      ...restApis(stack).flatMap(({ logicalId, stage }) => at('rest api', logicalId, stage)),
      ...functionUrls(stack).flatMap(({ logicalId }) => at('function url', logicalId)),
      ...outputs,
    ];
  });
  return [{ kind: 'gateway', name: 'AWS_ENDPOINT_URL', url: gateway.url }, ...served];
}

/** An output that cannot be resolved here is no address. */
function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
