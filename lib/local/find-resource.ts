import { AssemblyError } from '../template/assembly-error';
import type { ResolvedStack, Resource } from './assembly/resolved-stack';

export type FoundResource = Resource & { readonly stack: ResolvedStack };

/**
 * The one resource of these types that goes by the construct id, construct path, logical id, physical name or ARN.
 *
 * @throws AssemblyError when there is none, or more than one
 */
export function findResource(stacks: readonly ResolvedStack[], reference: string, ...types: readonly string[]): FoundResource {
  const all = stacks.flatMap((stack) => stack.resourcesOf(...types).map((resource) => ({ ...resource, stack })));
  const matches = all.filter(({ logicalId, path, stack }) => {
    const { name, arn } = stack.identity(logicalId);
    const construct = path.replace(/\/Resource$/, '');
    return [logicalId, name, arn, construct].includes(reference) || `${construct}/`.includes(`/${reference}/`);
  });
  const [first, ...others] = matches;
  if (first === undefined) {
    const known = all.map(({ path }) => path.replace(/\/Resource$/, '')).join(', ') || 'none';
    throw new AssemblyError(`no ${types[0]} ${reference} in the assembly; it has ${known}`);
  }
  if (others.length > 0)
    throw new AssemblyError(`${reference} may be ${matches.map(({ path }) => path).join(' or ')}; give the whole path`);
  return first;
}
