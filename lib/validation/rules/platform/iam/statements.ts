import { perGraph } from '../../../../template/resource-graph';
import { documentStatements, type PolicyStatement } from '../../../../template/role-statements';
import { MapValue } from '../../../../template/value';

const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];
const PRINCIPALS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** Every statement that allows something, of every identity policy in the templates. */
export const allowingStatements = perGraph((graph): readonly PolicyStatement[] => {
  const own = graph.ofType(...POLICIES).flatMap((policy) => documentStatements(policy.get('PolicyDocument'), policy));
  const inline = graph
    .ofType(...PRINCIPALS)
    .flatMap((principal) =>
      principal
        .list('Policies')
        .flatMap((policy) => (policy instanceof MapValue ? documentStatements(policy.get('PolicyDocument'), principal) : [])),
    );
  return [...own, ...inline].filter(({ effect }) => effect === 'Allow');
});
