import type { ResolvedStack } from './resolved-stack';

/** An ElastiCache user: its id and name are the same for IAM authentication. */
export interface CacheUser {
  readonly userName: string;
  /** ACL rules, such as `on ~chat:* -@all +get`. */
  readonly accessString: string;
}

/** A serverless cache of the template. */
export interface CacheModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly engine: string;
  readonly users: readonly CacheUser[];
}

export function caches(stack: ResolvedStack): CacheModel[] {
  const users = stack.resourcesOf('AWS::ElastiCache::User');
  const groups = stack.resourcesOf('AWS::ElastiCache::UserGroup');
  return stack.resourcesOf('AWS::ElastiCache::ServerlessCache').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const groupId = stack.property(logicalId, 'UserGroupId');
    const group = groups.find((candidate) => stack.identity(candidate.logicalId).name === groupId);
    const members = (group && (stack.property(group.logicalId, 'UserIds') as string[] | undefined)) ?? [];
    return {
      logicalId,
      name,
      arn,
      engine: stack.text(logicalId, 'Engine'),
      users: users
        .filter((user) => members.includes(stack.identity(user.logicalId).name))
        .map((user) => ({
          userName: stack.text(user.logicalId, 'UserName'),
          accessString: String(stack.property(user.logicalId, 'AccessString') ?? 'on ~* &* +@all'),
        })),
    };
  });
}
