import { SFN_DEFINITION } from '../../../quotas/step-functions-quotas';
import { partsOf } from '../../../template/value';
import type { Rule } from '../../rule';

/** Of a definition with references the text between them counts: it is larger still. */
export const STEP_FUNCTIONS_DEFINITION_SIZE: Rule = {
  id: 'step-functions-definition-size',
  title: 'The definition of a state machine is larger than its quota',
  why: 'CloudFormation fails to create the state machine.',
  severity: 'error',
  fix: 'split the machine, or take prompts and other data out of the definition into S3 or a table',
  source: SFN_DEFINITION.source,
  check: (graph) =>
    graph.ofType('AWS::StepFunctions::StateMachine').flatMap((resource) => {
      const text = partsOf(resource.get('DefinitionString')).filter((part) => typeof part === 'string');
      const bytes = text.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
      if (bytes <= SFN_DEFINITION.max!) return [];
      return [{ resource, message: `the definition must be at most ${SFN_DEFINITION.max} bytes, got at least ${bytes}` }];
    }),
};
