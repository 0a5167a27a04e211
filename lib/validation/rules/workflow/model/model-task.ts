import type { Resource } from '../../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../../template/resource-graph';
import { managedPolicies, roleOf, statementsOf } from '../../../../template/role-statements';
import { argumentsOf } from '../../../../template/state-machine';
import { render, valueAt } from '../../../../template/value';
import { isDurable } from '../durable/durable-function';
import { type Task, tasksOf } from '../machine/task';

/** Actions that ask a model; with a wildcard in them too, but `*` alone says nothing of models. */
const MODEL_ACTIONS = [
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:InvokeAgent',
  'bedrock:RetrieveAndGenerate',
  'bedrock-agentcore:InvokeAgentRuntime',
  'sagemaker:InvokeEndpoint',
];

/** Policies of AWS that let a role ask models. */
const MODEL_POLICIES = ['AmazonBedrockFullAccess', 'AmazonBedrockLimitedAccess', 'AmazonSageMakerFullAccess'];

/** Integrations that ask a model without a function. */
const MODEL_INTEGRATIONS =
  /^(bedrock:invokeModel|aws-sdk:bedrockruntime:(invokeModel|converse)|aws-sdk:bedrockagentruntime:(invokeAgent|retrieveAndGenerate)|aws-sdk:sagemakerruntime:invokeEndpoint)$/i;

/** Hosts of model APIs that an HTTP task can ask. */
const MODEL_HOSTS = /\/\/(api\.(openai|anthropic|mistral|cohere|groq)\.(com|ai)|generativelanguage\.googleapis\.com)/;

/** Tasks that ask a model: by an integration of their own, or through a function whose role may ask one. */
export const modelTasksOf = perGraph((graph: ResourceGraph): readonly Task[] => tasksOf(graph).filter((task) => asksModel(graph, task)));

function asksModel(graph: ResourceGraph, { action, node, target }: Task): boolean {
  if (MODEL_INTEGRATIONS.test(action)) return true;
  if (action === 'http:invoke') return MODEL_HOSTS.test(render(valueAt(argumentsOf(node), ['ApiEndpoint'])));
  // A durable function retries in steps of its own.
  return target !== undefined && !isDurable(target.fn) && mayAskModel(graph, target.fn);
}

/** Whether the role of a function lets it ask a model. */
export function mayAskModel(graph: ResourceGraph, fn: Resource): boolean {
  const known = askingFunctions(graph);
  const kept = known.get(fn);
  if (kept !== undefined) return kept;
  const role = roleOf(fn, 'Role');
  const asks = role !== undefined && grantsModels(graph, role);
  known.set(fn, asks);
  return asks;
}

const askingFunctions = perGraph(() => new Map<Resource, boolean>());

function grantsModels(graph: ResourceGraph, role: Resource): boolean {
  if (managedPolicies(role).some((name) => MODEL_POLICIES.includes(name))) return true;
  return statementsOf(graph, role).some(({ effect, actions }) => effect === 'Allow' && actions.some(isModelAction));
}

function isModelAction(action: string): boolean {
  if (!action.includes(':')) return false;
  const pattern = new RegExp(
    `^${action
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    'i',
  );
  return MODEL_ACTIONS.some((known) => pattern.test(known));
}
