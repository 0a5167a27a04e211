import { WORKFLOW_RULES } from '../../../../lib/validation/rules/workflow-rules';
import { fixtureTests } from './fixture-tests';

fixtureTests('workflow', WORKFLOW_RULES);
