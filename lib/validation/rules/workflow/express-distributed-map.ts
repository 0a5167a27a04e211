import type { Rule } from '../../rule';
import { expressName, expressScopesOf, statesIn } from './express/express-scope';
import { EXPRESS_LACKS } from './express/unsupported-task';
import { isDistributed } from './machine/paths';
import { stateName } from './machine/task';

export const EXPRESS_DISTRIBUTED_MAP: Rule = {
  id: 'express-distributed-map',
  title: 'An Express execution has a Distributed Map',
  why: 'Step Functions refuses the definition: only Standard workflows have Distributed Maps.',
  severity: 'error',
  fix: 'make the machine Standard; the items of its Distributed Map may run as Express executions',
  source: EXPRESS_LACKS,
  check: (graph) =>
    expressScopesOf(graph).flatMap((express) =>
      statesIn(express.scope)
        .filter(isDistributed)
        .map((node) => ({
          resource: express.machine.resource,
          message: `${expressName(express)} must have no Distributed Map, got it in ${stateName(node)}`,
        })),
    ),
};
