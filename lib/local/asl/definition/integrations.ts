import type { TaskResource } from '../task-resource';

interface Integration {
  /** All that the service takes, unless it takes more than is worth a list. */
  readonly operations?: readonly string[];
  readonly patterns: readonly string[];
}

const SYNC = '.sync';
const TOKEN = '.waitForTaskToken';

/**
 * Optimized integrations; each takes request-response too.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
const OPTIMIZED: Readonly<Record<string, Integration>> = {
  apigateway: { operations: ['invoke'], patterns: [TOKEN] },
  athena: { patterns: [SYNC] },
  batch: { operations: ['submitJob'], patterns: [SYNC] },
  bedrock: { patterns: [SYNC, TOKEN] },
  codebuild: { patterns: [SYNC] },
  databrew: { operations: ['startJobRun'], patterns: [SYNC] },
  dynamodb: { operations: ['getItem', 'putItem', 'updateItem', 'deleteItem'], patterns: [] },
  ecs: { operations: ['runTask'], patterns: [SYNC, TOKEN] },
  eks: { patterns: [SYNC, TOKEN] },
  elasticmapreduce: { patterns: [SYNC] },
  'emr-containers': { patterns: [SYNC] },
  'emr-serverless': { patterns: [SYNC] },
  events: { operations: ['putEvents'], patterns: [TOKEN] },
  glue: { operations: ['startJobRun'], patterns: [SYNC] },
  http: { operations: ['invoke'], patterns: [] },
  lambda: { operations: ['invoke'], patterns: [TOKEN] },
  mediaconvert: { operations: ['createJob'], patterns: [SYNC] },
  s3: { patterns: [] },
  sagemaker: { patterns: [SYNC] },
  sns: { operations: ['publish'], patterns: [TOKEN] },
  sqs: { operations: ['sendMessage'], patterns: [TOKEN] },
  states: { operations: ['startExecution'], patterns: [SYNC, `${SYNC}:2`, TOKEN] },
};

/** Why Step Functions does not know the integration that a Task names, or undefined. */
export function integrationProblem({ service, operation, pattern }: TaskResource): string | undefined {
  if (service === undefined) return undefined;
  if (service.startsWith('aws-sdk:')) {
    return pattern === '' || pattern === TOKEN ? undefined : `an SDK integration has no ${pattern}, it takes nothing or ${TOKEN}`;
  }
  const known = Object.hasOwn(OPTIMIZED, service) ? OPTIMIZED[service] : undefined;
  if (known === undefined) return `there is no optimized integration ${service}, use aws-sdk:${service}`;
  if (known.operations !== undefined && !known.operations.includes(operation ?? '')) {
    return `the optimized integration ${service} has no ${operation}, it takes ${known.operations.join(', ')}; use aws-sdk:${service} for others`;
  }
  if (pattern === '' || known.patterns.includes(pattern)) return undefined;
  return `${service}:${operation} has no ${pattern}, it takes ${['nothing', ...known.patterns].join(', ')}`;
}
