import { COMPUTE_RULES } from '../../../../lib/validation/rules/compute-rules';
import { fixtureTests } from './fixture-tests';

fixtureTests('compute', COMPUTE_RULES);
