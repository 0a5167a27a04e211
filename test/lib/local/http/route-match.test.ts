import { matchRoute } from '../../../../lib/local/http/route-match';

const ROUTES = ['GET /approvals/{id}', 'POST /approvals/{id}', 'ANY /files/{proxy+}', 'GET /files/list', '$default'];

test.each([
  ['GET', '/approvals/a%20b', 'GET /approvals/{id}', { id: 'a b' }],
  ['POST', '/approvals/1', 'POST /approvals/{id}', { id: '1' }],
  ['GET', '/files/list', 'GET /files/list', {}],
  ['GET', '/files/a/b', 'ANY /files/{proxy+}', { proxy: 'a/b' }],
  ['DELETE', '/approvals/1', '$default', {}],
  ['GET', '/approvals/1/2', '$default', {}],
  ['GET', '/files', '$default', {}],
])('%s %s', (method, path, routeKey, pathParameters) => {
  expect(matchRoute(ROUTES, method, path)).toEqual({ routeKey, pathParameters });
});

test('no route and no default gives nothing', () => {
  expect(matchRoute(['GET /a'], 'GET', '/b')).toBeUndefined();
});
