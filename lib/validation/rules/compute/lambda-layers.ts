import { LAMBDA_LAYERS } from '../../../quotas/lambda-package-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Rule } from '../../rule';
import { isLiteral } from './literal';

export const LAMBDA_LAYERS_RULE: Rule = {
  id: 'lambda-layers',
  title: 'More layers than a function may have',
  why: 'The deployment fails.',
  severity: 'error',
  fix: 'put what several layers hold into one, into the package, or use a container image',
  source: LAMBDA_LAYERS.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      const layers = resource.list('Layers').length;
      const { max } = LAMBDA_LAYERS;
      if (layers <= max!) continue;
      // The schema counts the items of a list that stands there, whatever each of them is.
      const counted = Array.isArray(resource.source.Properties?.['Layers']) || isLiteral(resource, 'Layers');
      yield { resource, message: `a function must have at most ${max} layers, got ${layers}`, ...(counted && { reportedByCdk: 'F3032' }) };
    }
  },
};
