import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { render, type Value } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { TASK_DEFINITION, variablesOfTask } from './network/tasks';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

/** A key in plain text where everyone who may look at the configuration reads it. */
export const LAMBDA_SECRET_VARIABLE: Rule = {
  id: 'lambda-secret-variable',
  title: 'Secret in a variable of the environment',
  why: 'Whoever may read the configuration of the function, its template or its versions reads the key, and rotation does not reach it.',
  severity: 'warning',
  fix: 'hand the ARN of the secret to the function, let it read the secret at run time, and grant secretsmanager:GetSecretValue on that ARN',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html',
  check: (graph) =>
    holdersOf(graph).flatMap(({ resource, variables }) => variables.flatMap(([name, value]) => violation(resource, name, value) ?? [])),
};

type Holder = Pick<Workload, 'resource' | 'variables'>;

/** The variables of a task stand in its definition, whoever starts it. */
function holdersOf(graph: ResourceGraph): readonly Holder[] {
  const tasks = graph.ofType(TASK_DEFINITION).map((resource): Holder => ({ resource, variables: variablesOfTask(resource) }));
  return [...workloadsOf(graph).filter(({ kind }) => kind !== 'task'), ...tasks];
}

/** Keys that can be told by the form that their issuers give them. */
const KEY_FORMS: readonly (readonly [RegExp, string])[] = [
  [/^(AKIA|ASIA)[A-Z0-9]{16}$/, 'an AWS access key'],
  [/^sk-ant-[\w-]{20,}$/, 'an Anthropic API key'],
  [/^sk-(?=.*\d)(?=.*[A-Z])[\w-]{20,}$/, 'an API key'],
  [/^AIza[\w-]{35}$/, 'a Google API key'],
  [/^hf_[A-Za-z0-9]{30,}$/, 'a Hugging Face token'],
  [/^gsk_[A-Za-z0-9]{30,}$/, 'a Groq API key'],
  [/^gh[pousr]_[A-Za-z0-9]{36,}$/, 'a GitHub token'],
  [/^github_pat_\w{22,}$/, 'a GitHub token'],
  [/^xox[abprs]-[\w-]{10,}$/, 'a Slack token'],
  [/^(sk|rk)_live_[A-Za-z0-9]{20,}$/, 'a Stripe key'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
];

function violation(resource: Resource, name: string, value: Value): Violation | undefined {
  const text = render(value);
  if (text.includes('{{resolve:secretsmanager:'))
    return { resource, message: `${name} is resolved from Secrets Manager at deployment, which writes the secret into the configuration` };
  const form = typeof value === 'string' ? KEY_FORMS.find(([pattern]) => pattern.test(value)) : undefined;
  return form && { resource, message: `${name} is ${form[1]} in plain text` };
}
