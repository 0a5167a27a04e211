import type { Rule } from '../rule';
import { COMPUTE_RULES } from './compute-rules';
import { IMAGE_RULES } from './image-rules';
import { PLATFORM_RULES } from './platform-rules';
import { WORKFLOW_RULES } from './workflow-rules';

/** Every rule, in the order of docs/rules.md. */
export const RULES: readonly Rule[] = [...COMPUTE_RULES, ...IMAGE_RULES, ...WORKFLOW_RULES, ...PLATFORM_RULES];
