import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';

/** Properties that narrow who the principal of a permission may be. */
const NARROWING = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken', 'FunctionUrlAuthType'];

/** A function that every account may call. */
export const LAMBDA_OPEN_PERMISSION: Rule = {
  id: 'lambda-open-permission',
  title: 'Function that every AWS account may call',
  why: 'Anyone with an account of any kind calls the function, and its owner pays.',
  severity: 'warning',
  fix: 'name the account, the organization (PrincipalOrgID) or the service with SourceArn',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  check: (graph) =>
    graph
      .ofType('AWS::Lambda::Permission')
      .filter(isOpen)
      .map((permission) => ({ resource: permission, message: `allows ${permission.text('Action') ?? 'calls'} to Principal *` })),
};

/** What an open function URL needs is the matter of the rule about URLs. */
function isOpen(permission: Resource): boolean {
  if (permission.text('Principal') !== '*' || permission.boolean('InvokedViaFunctionUrl') === true) return false;
  return NARROWING.every((property) => permission.get(property) === undefined);
}
