import { PLATFORM_RULES } from '../../../../lib/validation/rules/platform-rules';
import { fixtureTests } from './fixture-tests';

fixtureTests('platform', PLATFORM_RULES);
