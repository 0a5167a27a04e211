import type { DefinitionProblem } from '../../asl/definition/problems';
import type { StatesBlock } from '../../asl/model';
import { SDK_SERVICES } from '../../calls/services';
import type { Pattern } from './task-call';
import { taskTarget } from './task-target';

const TOKEN: readonly Pattern[] = ['', '.waitForTaskToken'];

/** Optimised integrations of the local run, with the patterns that each has on AWS. */
const OPTIMISED_PATTERNS: Readonly<Record<string, readonly Pattern[]>> = {
  'lambda:invoke': TOKEN,
  'sqs:sendMessage': TOKEN,
  'sns:publish': TOKEN,
  'events:putEvents': TOKEN,
  'dynamodb:getItem': [''],
  'dynamodb:putItem': [''],
  'dynamodb:updateItem': [''],
  'dynamodb:deleteItem': [''],
  'bedrock:invokeModel': [''],
  'ecs:runTask': ['', '.sync', '.waitForTaskToken'],
  'states:startExecution': ['', '.sync', '.sync:2', '.waitForTaskToken'],
};

/** Why the local run cannot execute a Task with this resource, or undefined when it can. */
export function taskProblem(resource: string): string | undefined {
  const target = taskTarget(resource);
  if (target.kind === 'function') return undefined;
  if (target.kind === 'other') {
    return `the local run cannot execute ${resource}; it knows function ARNs, ${names(Object.keys(OPTIMISED_PATTERNS))} and aws-sdk:${names(Object.keys(SDK_SERVICES))}`;
  }
  if (target.kind === 'sdk') {
    const { service, operation, pattern } = target;
    const known = SDK_SERVICES[service];
    if (known === undefined) return `the local run does not emulate aws-sdk:${service}; it knows ${names(Object.keys(SDK_SERVICES))}`;
    if (!TOKEN.includes(pattern)) return `an SDK integration has no ${pattern}; it has .waitForTaskToken and none`;
    const { operations } = known.protocol;
    if (operations === undefined || operations.includes(operation)) return undefined;
    return `the local run does not emulate aws-sdk:${service}:${lower(operation)}; of this service it knows ${names(operations.map(lower))}`;
  }
  const patterns = OPTIMISED_PATTERNS[target.name];
  if (patterns === undefined) {
    return `the local run cannot execute ${target.name}; it knows ${names(Object.keys(OPTIMISED_PATTERNS))}, function ARNs and aws-sdk integrations`;
  }
  if (patterns.includes(target.pattern)) return undefined;
  return `${target.name} has no ${target.pattern || 'request-response pattern'}; it has ${names(patterns.map((pattern) => pattern || 'none'))}`;
}

/** Every Task of a machine that the local run cannot execute, or that its type does not allow. */
export function taskProblems(block: StatesBlock, express: boolean, path = ''): DefinitionProblem[] {
  return [...block.states.values()].flatMap(({ name, type, fields, blocks, distributed }) => {
    const at = `${path}/States/${name}`;
    const found: DefinitionProblem[] = [];
    const resource = type === 'Task' ? fields.Resource : undefined;
    const problem = resource === undefined ? undefined : (taskProblem(resource) ?? (express ? expressProblem(resource) : undefined));
    if (problem !== undefined) found.push({ path: `${at}/Resource`, message: problem });
    if (express && distributed)
      found.push({ path: at, message: 'a Map state in DISTRIBUTED mode is not supported by EXPRESS state machines' });
    return [...found, ...blocks.flatMap((inner) => taskProblems(inner, express, at))];
  });
}

/** Source: https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
function expressProblem(resource: string): string | undefined {
  const pattern = /\.(sync(:2)?|waitForTaskToken)$/.exec(resource)?.[0];
  return pattern === undefined ? undefined : `EXPRESS state machines do not support ${pattern}; use a STANDARD one`;
}

function lower(operation: string): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

function names(values: readonly string[]): string {
  return values.join(', ');
}
