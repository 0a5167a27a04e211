import { AssemblyError } from '../../template/assembly-error';
import { httpApis, restApis } from '../assembly/apis';
import type { TokenAuthorizer } from '../assembly/authorizers';
import type { ResolvedStack } from '../assembly/resolved-stack';
import type { TokenRequest } from './token-keys';

/** What a token must say that an authorizer of the API is to take. @throws AssemblyError when it has none that takes tokens */
export function tokenRequest(
  stacks: readonly ResolvedStack[],
  apiLogicalId: string,
  claims: Readonly<Record<string, unknown>>,
): TokenRequest {
  const apis = stacks.flatMap((stack) => [...httpApis(stack), ...restApis(stack)]).filter(({ logicalId }) => logicalId === apiLogicalId);
  const authorizer = apis
    .flatMap(({ routes }) => routes)
    .map((route) => route.authorizer)
    .find((found): found is TokenAuthorizer => found?.kind === 'jwt');
  if (authorizer === undefined) throw new AssemblyError(`no route of ${apiLogicalId} has an authorizer that takes tokens`);
  const [audience] = authorizer.audience;
  return { issuer: authorizer.issuer, ...(audience !== undefined && { audience }), claims };
}
