import type { Resource } from './resource';

/**
 * What constructs of CDK make for their own use, by the names that they give it: providers of custom resources in a nested stack, the framework between
 * CloudFormation and a provider, the hook that drains instances of ECS.
 */
const OWN = /(^|\/)(@aws-cdk--[^/]+|framework-(onEvent|isComplete|onTimeout)|DrainECSHook)(\/|$)/;

/** Whether CDK made the resource for itself, so that its user can neither see nor change how it is made. */
export function isOfCdk({ path }: Resource): boolean {
  return path !== null && OWN.test(path);
}
