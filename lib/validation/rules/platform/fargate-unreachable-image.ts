import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import { itemsOf, referencesIn, render, type Value, valueAt } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { containersOf } from './containers/fargate-task';
import { isolationOf } from './network/isolation';
import { hasEndpoint } from './network/vpc-endpoints';
import type { Workload } from './network/workload';
import { workloadsOf } from './network/workloads';

/** A Fargate task cannot start, because its image, its secrets or its log stream cannot be reached. */
export const FARGATE_UNREACHABLE_IMAGE: Rule = {
  id: 'fargate-unreachable-image',
  title: 'Fargate task in isolated subnets without the endpoints that its start needs',
  why: 'The task stops before it starts: unlike a function, it pulls its image, reads its secrets and writes its logs through its own network interface.',
  severity: 'error',
  fix: 'add interface endpoints for ecr.api, ecr.dkr and logs and a gateway endpoint for S3, which holds the layers, or give the subnets a NAT gateway',
  source: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  check: (graph) => workloadsOf(graph).flatMap((workload) => violation(graph, workload) ?? []),
};

function violation(graph: ResourceGraph, workload: Workload): Violation | undefined {
  const { task, onFargate } = workload;
  const isolated = onFargate === true ? isolationOf(graph, workload) : undefined;
  if (isolated === undefined || task === undefined) return undefined;
  const missing = needs(task).filter((service) =>
    isolated.subnets.some((subnet) => hasEndpoint(graph, isolated.vpc, subnet, service) === false),
  );
  if (missing.length === 0) return undefined;
  const subnets = isolated.subnets.map(({ id }) => id).join(', ');
  return {
    resource: workload.resource,
    message: `starts tasks in ${subnets}, which have no route to the internet, and ${isolated.vpc.id} has no endpoint for ${missing.join(', ')}`,
  };
}

/** Services that the agent calls before the first line of the container runs. */
function needs(task: Resource): string[] {
  const containers = containersOf(task);
  const fromEcr = containers.some((container) => render(container.get('Image')).includes('.dkr.ecr.'));
  const logs = containers.some((container) => valueAt(container.get('LogConfiguration'), ['LogDriver']) === 'awslogs');
  const secrets = containers.flatMap((container) => itemsOf(container.get('Secrets'))).map((secret) => valueAt(secret, ['ValueFrom']));
  return [
    ...(fromEcr ? ['ecr.api', 'ecr.dkr', 's3'] : []),
    ...(logs ? ['logs'] : []),
    ...(secrets.some((secret) => isOf(secret, 'AWS::SecretsManager::Secret', ':secretsmanager:')) ? ['secretsmanager'] : []),
    ...(secrets.some((secret) => isOf(secret, 'AWS::SSM::Parameter', ':ssm:')) ? ['ssm'] : []),
  ];
}

function isOf(secret: Value | undefined, type: string, arn: string): boolean {
  return referencesIn(secret).some(({ resource }) => resource.type === type) || render(secret).includes(arn);
}
