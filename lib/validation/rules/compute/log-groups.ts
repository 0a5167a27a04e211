import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { render } from '../../../template/value';

export const LOG_GROUP = 'AWS::Logs::LogGroup';
const RETENTION = 'Custom::LogRetention';

/** Names of log groups that something in the templates makes. */
export const declaredGroups = perGraph(
  (graph: ResourceGraph): ReadonlySet<string> =>
    new Set(graph.ofType(LOG_GROUP, RETENTION).map((resource) => render(resource.get('LogGroupName')))),
);

/** Log groups, by name or by reference, whose retention a resource of CDK sets. */
export const groupsWithRetention = perGraph(
  (graph: ResourceGraph): ReadonlySet<string> =>
    new Set(
      graph
        .ofType(RETENTION)
        .filter((resource) => resource.get('RetentionInDays') !== undefined)
        .map((resource) => render(resource.get('LogGroupName'))),
    ),
);
