import type { ResourceGraph } from '../../../template/resource-graph';
import { render, type Value } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { isolationOf } from './network/isolation';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

/** A function or task that has no way to the internet is told the address of a model there. */
export const VPC_UNREACHABLE_INTERNET: Rule = {
  id: 'vpc-unreachable-internet',
  title: "Function or task in isolated subnets is given the address of another provider's model",
  why: 'No endpoint leads to the API of another provider: every call hangs until it times out.',
  severity: 'error',
  fix: 'route the subnets to a NAT gateway, keep the state outside a VPC (DynamoDB), or call the model from a function outside the VPC that is reached by a Lambda endpoint',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html',
  check: (graph) => workloadsOf(graph).flatMap((workload) => violation(graph, workload) ?? []),
};

/** Hosts of model APIs that are reached over the internet alone. */
const MODEL_HOSTS = [
  'api.openai.com',
  'api.anthropic.com',
  'generativelanguage.googleapis.com',
  'aiplatform.googleapis.com',
  'api.mistral.ai',
  'api.cohere.com',
  'api.cohere.ai',
  'api.groq.com',
  'api.together.xyz',
  'api.deepseek.com',
  'api.perplexity.ai',
  'api.x.ai',
  'api.fireworks.ai',
  'api.replicate.com',
  'openrouter.ai',
  'router.huggingface.co',
  'api-inference.huggingface.co',
];

function violation(graph: ResourceGraph, workload: Workload): Violation | undefined {
  const [named] = workload.variables.flatMap(([name, value]) => (isModelAddress(value) ? [[name, render(value)] as const] : []));
  if (named === undefined) return undefined;
  const isolated = isolationOf(graph, workload);
  if (isolated === undefined) return undefined;
  const subnets = isolated.subnets.map(({ id }) => id).join(', ');
  return { resource: workload.resource, message: `${named[0]} is ${named[1]}, but ${subnets} have no route to the internet` };
}

function isModelAddress(value: Value): boolean {
  const host = /^https:\/\/([^/:]+)/.exec(render(value))?.[1]?.toLowerCase() ?? '';
  return MODEL_HOSTS.includes(host) || host.endsWith('.openai.azure.com') || /-aiplatform\.googleapis\.com$/.test(host);
}
