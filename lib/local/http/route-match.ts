/** A route key of an HTTP API: `GET /approvals/{id}`, `ANY /{proxy+}`, `$default`. */
export interface RouteMatch {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const greedy = /^\{(\w+)\+\}$/.exec(part);
    if (greedy) {
      if (given.length <= index) return undefined;
      parameters[greedy[1] ?? ''] = given.slice(index).map(decodeURIComponent).join('/');
      return parameters;
    }
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const value = given[index];
    if (value === undefined) return undefined;
    if (name !== undefined) parameters[name] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return wanted.length === given.length ? parameters : undefined;
}

/** How specific a route is, as API Gateway prefers them: a full match, then one with a greedy variable, then `$default`. */
function rank(routeKey: string): number {
  if (routeKey === '$default') return 3;
  return (routeKey.includes('+}') ? 2 : 0) + (routeKey.startsWith('ANY ') ? 1 : 0);
}

/** The route that API Gateway would choose for a request, or undefined. */
export function matchRoute(routeKeys: readonly string[], method: string, path: string): RouteMatch | undefined {
  for (const routeKey of [...routeKeys].sort((left, right) => rank(left) - rank(right))) {
    if (routeKey === '$default') return { routeKey, pathParameters: {} };
    const [verb, pattern = ''] = routeKey.split(' ');
    if (verb !== 'ANY' && verb !== method) continue;
    const pathParameters = matchPath(pattern, path);
    if (pathParameters !== undefined) return { routeKey, pathParameters };
  }
  return undefined;
}
