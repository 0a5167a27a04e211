import { IMAGE_RULES } from '../../../../lib/validation/rules/image-rules';
import { fixtureTests } from './fixture-tests';

fixtureTests('image', IMAGE_RULES);
