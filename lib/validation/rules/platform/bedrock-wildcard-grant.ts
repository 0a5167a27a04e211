import type { PolicyStatement } from '../../../template/role-statements';
import { render } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { isInvocation } from './iam/model-arn';
import { allowingStatements } from './iam/statements';

/** Who may call one model may call them all. */
export const BEDROCK_WILDCARD_GRANT: Rule = {
  id: 'bedrock-wildcard-grant',
  title: 'Grant on every model, or of every action of Amazon Bedrock',
  why: 'A prompt that takes over the agent calls the dearest model there is, in any Region, and bedrock:* lets it delete what the account has.',
  severity: 'warning',
  fix: 'grant bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the ARNs of the models and inference profiles that are called',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html',
  check: (graph) => allowingStatements(graph).flatMap((statement) => violation(statement) ?? []),
};

function violation(statement: PolicyStatement): Violation | undefined {
  const { actions, resources } = statement;
  const all = actions.find((action) => /^bedrock:\*$/i.test(action));
  const invoke = all ?? actions.find(isInvocation);
  if (invoke === undefined) return undefined;
  const wide = resources.map(render).find((resource) => isEveryModel(resource, statement));
  if (all !== undefined) return { resource: statement.in, message: `allows bedrock:* on ${wide ?? resources.map(render).join(', ')}` };
  return wide === undefined ? undefined : { resource: statement.in, message: `allows ${invoke} on ${wide}` };
}

/** A condition on the inference profile narrows the models to those behind it. */
function isEveryModel(resource: string, { condition }: PolicyStatement): boolean {
  if (condition !== undefined && /bedrock:InferenceProfileArn/i.test(render(condition))) return false;
  return resource === '*' || /(foundation-model|inference-profile)\/\*$/.test(resource) || /^arn:[^:]+:bedrock:[^/]*\*$/.test(resource);
}
