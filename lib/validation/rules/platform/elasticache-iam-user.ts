import type { Resource } from '../../../template/resource';
import { MapValue } from '../../../template/value';
import type { Rule } from '../../rule';

export const ELASTICACHE_IAM_USER: Rule = {
  id: 'elasticache-iam-user',
  title: 'Cache user for IAM whose id and name differ',
  why: 'IAM authentication demands that they are equal, and ElastiCache keeps the id in lower case: the user cannot be created, or nobody can sign in as it.',
  severity: 'error',
  fix: 'give UserId and UserName one name in lower case',
  source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html',
  check: (graph) =>
    graph
      .ofType('AWS::ElastiCache::User')
      .filter(signsInWithIam)
      .flatMap((user) => {
        const [id, name] = [user.text('UserId'), user.text('UserName')];
        if (id === undefined || name === undefined || id.toLowerCase() === name) return [];
        return [{ resource: user, message: `UserName must be UserId in lower case, ${id.toLowerCase()}, got ${name}` }];
      }),
};

/** Whether a user proves who it is with IAM. */
export function signsInWithIam(user: Resource): boolean {
  const mode = user.get('AuthenticationMode');
  return mode instanceof MapValue && String(mode.get('Type')).toLowerCase() === 'iam';
}
