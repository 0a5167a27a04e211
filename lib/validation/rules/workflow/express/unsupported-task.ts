import type { ResourceGraph } from '../../../../template/resource-graph';
import type { Violation } from '../../../rule';
import { stateName, type Task, taskOf } from '../machine/task';
import { expressName, expressScopesOf, statesIn } from './express-scope';

/** The tasks of Express executions that follow a pattern which only Standard ones have. */
export function tasksOfPattern(graph: ResourceGraph, pattern: Task['pattern'], what: string): Violation[] {
  return expressScopesOf(graph).flatMap((express) =>
    statesIn(express.scope)
      .filter((node) => taskOf(graph, node)?.pattern === pattern)
      .map((node) => ({
        resource: express.machine.resource,
        message: `${expressName(express)} must have no ${what}, got it in ${stateName(node)}`,
      })),
  );
}

/** Page on which Step Functions states what Express lacks. */
export const EXPRESS_LACKS = 'https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html';
