import { MapValue, type Value } from './value';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'x-amazon-apigateway-any-method'];

/** The integrations that an OpenAPI body declares, with the route of each. */
export function bodyIntegrations(body: Value | undefined): { readonly at: string; readonly integration: MapValue }[] {
  const paths = body instanceof MapValue ? body.get('paths') : undefined;
  if (!(paths instanceof MapValue)) return [];
  return paths.entries.flatMap(([path, operations]) => {
    if (!(operations instanceof MapValue)) return [];
    return METHODS.flatMap((method) => {
      const operation = operations.get(method);
      const integration = operation instanceof MapValue ? operation.get('x-amazon-apigateway-integration') : undefined;
      return integration instanceof MapValue ? [{ at: `${nameOf(method)} ${path} `, integration }] : [];
    });
  });
}

function nameOf(method: string): string {
  return method.startsWith('x-') ? 'ANY' : method.toUpperCase();
}
