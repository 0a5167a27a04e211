import type { PolicyStatement } from '../../../template/role-statements';
import { render } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { matches } from './iam/action-pattern';
import { allowingStatements } from './iam/statements';

const INVOKE = ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointAsync', 'sagemaker:InvokeEndpointWithResponseStream'];

/** Who may call one endpoint may call them all. */
export const SAGEMAKER_WILDCARD_GRANT: Rule = {
  id: 'sagemaker-wildcard-grant',
  title: 'Grant on every SageMaker endpoint',
  why: "Whatever takes over the caller reaches every model of the account, other teams' included.",
  severity: 'warning',
  fix: 'grant sagemaker:InvokeEndpoint on the ARN of the endpoint that is called',
  source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html',
  check: (graph) => allowingStatements(graph).flatMap((statement) => violation(statement) ?? []),
};

function violation({ actions, resources, in: policy }: PolicyStatement): Violation | undefined {
  const invoke = actions.find((action) => action.toLowerCase().startsWith('sagemaker:') && INVOKE.some((one) => matches(action, one)));
  const wide = resources.map(render).find((resource) => resource === '*' || resource.endsWith(':endpoint/*'));
  return invoke === undefined || wide === undefined ? undefined : { resource: policy, message: `allows ${invoke} on ${wide}` };
}
