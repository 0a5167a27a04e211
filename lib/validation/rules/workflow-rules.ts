import type { Rule } from '../rule';

export const WORKFLOW_RULES: readonly Rule[] = [];
